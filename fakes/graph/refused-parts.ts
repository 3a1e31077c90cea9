import { type Refusal, refusal } from "./rules/refusals.ts";
import type { MessageBody } from "./rules/validate.ts";

/** A part of a message that Meta may refuse, and how to tell that a message has it. */
const PARTS = {
  any: () => true,
  text: ({ type }) => type === "text",
  interactive: ({ type }) => type === "interactive",
  buttons: (body) => interactive(body).type === "button",
  list: (body) => interactive(body).type === "list",
  location_request: (body) => interactive(body).type === "location_request_message",
  header: (body) => interactive(body).header !== undefined,
  quote: ({ context }) => context !== undefined,
  link: (body) => JSON.stringify(body[body.type]).includes('"link"'),
  contacts: ({ type }) => type === "contacts",
  template: ({ type }) => type === "template",
} satisfies Record<string, (body: MessageBody) => boolean>;

/** A refusal of every message with this part, as an answer or in a failed status report. */
export interface RefusedPart {
  part: keyof typeof PARTS;
  code: number;
  /** True: accepted first, and reported as failed. */
  later?: boolean;
  /** Meta's words on what is wrong; the path of the part when absent. */
  details?: string;
  subcode?: number;
  /** Phone of the only customer to whom it is refused; everybody when absent. */
  to?: string;
}

/** Parts that are refused now. */
export interface RefusedParts {
  set(parts: readonly RefusedPart[]): void;
  /** Meta's answer to a message with a refused part, or the code of the report to come; null when it has none. */
  verdict(body: MessageBody): Refusal | { failureCode: number } | null;
}

/** No part is refused at first. */
export function createRefusedParts(): RefusedParts {
  let refused: readonly RefusedPart[] = [];
  return {
    set(parts) {
      refused = parts;
    },
    verdict(body) {
      const found = refused.find(
        ({ part, to }) => (to === undefined || body.to === `+${to}`) && PARTS[part](body),
      );
      if (!found) return null;
      const { part, code, later = false, details = `${pathOf(part, body)}: not valid`, subcode } = found;
      if (later) return { failureCode: code };
      const { status, error } = refusal(code, details);
      return { status, error: { ...error, ...(subcode !== undefined && { error_subcode: subcode }) } };
    },
  };
}

const pathOf = (part: RefusedPart["part"], { type }: MessageBody): string =>
  part === "quote" ? "context['message_id']" : type;

function interactive(body: MessageBody): { type?: unknown; header?: unknown } {
  return body.type === "interactive" && typeof body.interactive === "object" ? { ...body.interactive } : {};
}
