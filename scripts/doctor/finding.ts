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

/** Usual time limit of a check. */
const LIMIT_MS = 8_000;

/** One check of a service. */
export interface Examined {
  name: string;
  /** The fix when the service cannot be reached. */
  fix: string;
  /** Absent: 8 s. */
  limitMs?: number;
  run: (signal: AbortSignal) => Promise<Outcome>;
}

/** Runs one check within its time limit; an error becomes a failure that names the fix. */
export async function examine({ name, fix, limitMs = LIMIT_MS, run }: Examined): Promise<Finding> {
  const signal = AbortSignal.timeout(limitMs);
  const late = new Promise<Outcome>((resolve) => {
    signal.addEventListener("abort", () => resolve(failed(`no answer within ${limitMs / 1000} s`, fix)));
  });
  const outcome = await Promise.race([
    run(signal).catch((error) => failed(`not usable (${errorCode(error)})`, fix)),
    late,
  ]);
  return { section: "services", name, ...outcome };
}
