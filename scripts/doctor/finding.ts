import { errorCode } from "../../lib/telemetry/error-code.ts";

/** One line of the report: `failed` keeps the bot from working, `warning` does not. */
export interface Finding {
  section: "settings" | "services";
  name: string;
  status: "ok" | "warning" | "failed";
  /** Never holds a secret. */
  message: string;
  fix: string | null;
}

/** Result of one check. */
export type Outcome = Pick<Finding, "status" | "message" | "fix">;

export const ok = (message: string): Outcome => ({ status: "ok", message, fix: null });
export const warning = (message: string, fix: string): Outcome => ({ status: "warning", message, fix });
export const failed = (message: string, fix: string): Outcome => ({ status: "failed", message, fix });

/** Time limit of each check. */
const LIMIT_MS = 8_000;

/** Runs one check within the time limit; an error becomes a failure that names the fix. */
export async function examine(
  name: string,
  fixWhenUnreachable: string,
  check: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Finding> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const late = new Promise<Outcome>((resolve) => {
    signal.addEventListener("abort", () =>
      resolve(failed(`no answer within ${LIMIT_MS / 1000} s`, fixWhenUnreachable)),
    );
  });
  const outcome = await Promise.race([
    check(signal).catch((error) => failed(`not usable (${errorCode(error)})`, fixWhenUnreachable)),
    late,
  ]);
  return { section: "services", name, ...outcome };
}
