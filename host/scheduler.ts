import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../lib/http/call.ts";

export interface SchedulerOptions {
  url: string;
  /** Sent as the bearer token, as Vercel's crons do. */
  secret: string;
  everyMs: number;
  /** The pause before the first run; none when absent. */
  firstAfterMs?: number;
  /** 0 to 1; keeps several machines out of step. */
  random?: () => number;
  /** Called when a run fails. */
  onError: (problem: unknown) => void;
}

/** Time limit of one run. */
const RUN_LIMIT_MS = 60_000;

/** Calls a cron endpoint repeatedly, never twice at once, with pauses up to a fifth shorter or longer. */
export function startScheduler(options: SchedulerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const random = options.random ?? Math.random;
  const loop = async (): Promise<void> => {
    await sleep(options.firstAfterMs ?? 0, undefined, { signal: stopping.signal });
    while (!stopping.signal.aborted) {
      await run(options, stopping.signal).catch((error) => {
        if (!stopping.signal.aborted) options.onError(error);
      });
      await sleep(options.everyMs * (0.8 + 0.4 * random()), undefined, { signal: stopping.signal });
    }
  };
  const running = loop().catch(() => undefined);
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}

async function run({ url, secret }: SchedulerOptions, stopping: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${secret}` };
  await call(url, { headers, signal: AbortSignal.any([stopping, AbortSignal.timeout(RUN_LIMIT_MS)]) });
}
