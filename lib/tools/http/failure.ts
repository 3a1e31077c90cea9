/** Failed calls, as outcomes of a tool. */
import type { CallError } from "../../http/call-error.ts";
import { isRefusedAddress } from "../../http/public/guard.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool } from "../../types/tools/declared.ts";

/** What a system answered, or how the call failed. */
export type Sent =
  | { ok: true; answer: Json }
  | {
      ok: false;
      code: string;
      mayHaveHappened: boolean;
      /** True when the system is down rather than unwilling. */
      down: boolean;
    };

/** An answer that cannot be used: what was asked for was probably done. */
export const broken = (code: string, { via, effect }: DeclaredTool): Sent & { ok: false } => ({
  ok: false,
  code,
  mayHaveHappened: !(
    via.kind === "ical" ||
    via.kind === "orders" ||
    (via.kind === "http" && via.method === "GET" && !effect)
  ),
  down: false,
});

/** How a call failed, and whether it may have done something all the same. */
export function failure(error: CallError, tool: DeclaredTool): Sent {
  const nothing = { ok: false, mayHaveHappened: false } as const;
  if (isRefusedAddress(error)) return { ...nothing, code: "refused_address", down: false };
  const { status } = error;
  if (status === null) {
    const known = ["timeout", "aborted", "too_large", "invalid_answer"].includes(error.code);
    const code = known ? error.code : "connection";
    const down = code === "timeout" || code === "connection";
    return { ...(error.neverSent ? nothing : broken(code, tool)), code, down };
  }
  if (status < 400) return broken("redirect", tool);
  // What the system refused it has not done; 408 and 5xx say less.
  const refused = status < 500 && status !== 408;
  return { ...(refused ? nothing : broken("", tool)), code: `http_${status}`, down: status >= 500 };
}
