import type { ConsoleError } from "../../../contracts/console/access.ts";

/** Response (409) to something that others did meanwhile. */
export function conflict(error: Omit<ConsoleError["error"], "requestId">): Response {
  return Response.json({ error } satisfies ConsoleError, { status: 409 });
}

/** Response to an act on a conversation that a colleague has; taking it on purpose is the way on. */
export const hasIt = ({
  outcome,
  by,
}: {
  outcome: "taken" | "not_yours";
  by: { id: string; name: string };
}): Response => conflict({ code: outcome, message: `${by.name} has this conversation; take it first.`, by });
