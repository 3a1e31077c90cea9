import type { Fault } from "../fakes/faults/faults.ts";
import type { GraphRequest } from "../fakes/graph/faults.ts";
import type { ParsedRequest } from "../fakes/model/protocol/request.ts";

/** `before`: nothing is done with the request; `after`: its work is done, and its answer never comes. */
export type When = "before" | "after";

/** A rule that holds for the first request that matches, and for no other. */
export function once<Request, Planned>(
  matches: (request: Request) => boolean,
  fault: Planned,
): (request: Request) => Planned | null {
  let armed = true;
  return (request) => {
    if (!armed || !matches(request)) return null;
    armed = false;
    return fault;
  };
}

/** Does `act` (a kill) at this point of a request, which then gets no answer. */
export function cut(act: () => Promise<unknown>, when: When): Fault & { reset: true } {
  return { first: act, reset: true, ...(when === "after" ? { afterAccepting: true } : {}) };
}

/** Requests to the database that call this function. */
export const calls = (name: string) => (body: string) => body.includes(`${name}(`);

/** Requests to the Graph API that send a text, to this phone or to anybody. */
export const textTo = (phone?: string) => (request: GraphRequest) => {
  const { type, to } = fieldsOf(request);
  return type === "text" && (phone === undefined || to === `+${phone}`);
};

/** Requests to the Graph API that show typing on this message. */
export const typingOn = (waMessageId: string) => (request: GraphRequest) =>
  fieldsOf(request).message_id === waMessageId;

/** Requests to the model that classify; the others write. */
export const classifies = ({ kind }: ParsedRequest) => kind === "classify";
export const writes = (request: ParsedRequest) => !classifies(request);

function fieldsOf({ body }: GraphRequest): Record<string, unknown> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}
