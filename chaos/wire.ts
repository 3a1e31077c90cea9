import type { Fault } from "../fakes/faults/faults.ts";
import type { GraphRequest } from "../fakes/graph/faults.ts";
import type { ParsedRequest } from "../fakes/model/protocol/request.ts";

/** Moment of a fault: `before` the request takes effect, or `after` it did, so that only its answer is lost. */
export type When = "before" | "after";

/** A rule for the first matching request alone. */
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

/** Runs `act` (a kill) at this point of a request, whose connection is then cut. */
export function cut(act: () => Promise<unknown>, when: When): Fault & { reset: true } {
  return { first: act, reset: true, ...(when === "after" ? { afterAccepting: true } : {}) };
}

/** Requests to the database that call this function. */
export const calls = (name: string) => (body: string) => body.includes(`${name}(`);

/** Requests to the Graph API that send a text, to this phone or to any. */
export const textTo = (phone?: string) => (request: GraphRequest) => {
  const { type, to } = fieldsOf(request);
  return type === "text" && (phone === undefined || to === `+${phone}`);
};

/** Requests to the Graph API that show typing on this message. */
export const typingOn = (waMessageId: string) => (request: GraphRequest) =>
  fieldsOf(request).message_id === waMessageId;

/** Requests to the model that classify; all others write. */
export const classifies = ({ kind }: ParsedRequest) => kind === "classify";
export const writes = (request: ParsedRequest) => !classifies(request);

function fieldsOf({ body }: GraphRequest): Record<string, unknown> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}
