import type { ConsoleError } from "../../../contracts/console/access.ts";
import type { ActOutcome } from "../../types/console/acts.ts";
import { Refusal } from "../http/route.ts";

export const notFound = (): Refusal =>
  new Refusal(404, "not_found", "There is no such conversation; it may have been deleted.");

/** Response (409) to something that others did meanwhile. */
export function conflict(error: Omit<ConsoleError["error"], "requestId">): Response {
  return Response.json({ error } satisfies ConsoleError, { status: 409 });
}

/** Response to an act on a conversation that a colleague has; taking it on purpose is the way on. */
export const hasIt = ({ outcome, by }: Extract<ActOutcome, { by: unknown }>): Response =>
  conflict({ code: outcome, message: `${by.name} has this conversation; take it first.`, by });
