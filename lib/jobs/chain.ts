import { call } from "../http/call.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { ChainMark } from "../types/cache.ts";
import type { Clock } from "../types/clock.ts";
import type { NextUnread } from "../types/inbox-store.ts";

/** The resume endpoint calling itself, hop by hop, until nothing is left unread. The cron starts over what a broken chain leaves. */
export interface ResumeChain {
  /** Begins a chain, unless one is under way. Never throws. */
  start(): Promise<void>;
  /** Calls the hop after this one when something is left, once it is due; 0: the cron. Never throws. */
  goOn(hop: number): Promise<void>;
}

export interface ChainOptions {
  /** Address of the resume endpoint. */
  url: string;
  secret: string;
  mark: ChainMark;
  inbox: NextUnread;
  clock: Clock;
  log: Pick<Log, "info" | "warn">;
}

/** For hosts whose scheduler calls the cron every few seconds. */
export const NO_CHAIN: ResumeChain = { start: async () => {}, goOn: async () => {} };

const HOP_HEADER = "x-chasqui-hop";
/** With pauses enough for all attempts of a turn, whose last one comes after six minutes. */
const MAX_HOPS = 50;
/** Longest pause of a hop, within the time that a function may take. */
const MAX_PAUSE_MS = 20_000;
/** A hop answers before it works. */
const CALL_TIMEOUT_MS = 10_000;
/** Calls of a hop that fails: one that arrived after all only divides the work. */
const CALLS = 3;
/** Pause before a hop is called again, and before the question what is left is asked again. */
const AGAIN_MS = 2_000;

/** Number of a hop, 0 for a call of the cron. The header of a request without the secret is never read. */
export function hopOf({ headers }: Pick<Request, "headers">): number {
  const hop = headers.get(HOP_HEADER);
  if (hop === null) return 0;
  // What we did not send ends a chain.
  return /^[1-9]\d?$/.test(hop) ? Number(hop) : MAX_HOPS;
}

/** Creates the chain of a deployment that reaches itself at `url`. */
export function createChain({ url, secret, mark, inbox, clock, log }: ChainOptions): ResumeChain {
  const callHop = async (hop: number): Promise<void> => {
    const headers = { authorization: `Bearer ${secret}`, [HOP_HEADER]: String(hop) };
    for (let calls = 1; ; calls++) {
      try {
        await call(url, { headers, timeoutMs: CALL_TIMEOUT_MS });
        return log.info("resume.chained", { hop });
      } catch (error) {
        if (calls < CALLS) await clock.sleep(AGAIN_MS);
        else {
          log.warn("resume.chain_broken", { hop, code: errorCode(error) });
          return void (await mark.end());
        }
      }
    }
  };
  const nextDueMs = () =>
    inbox.nextUnreadMs().catch((error: unknown) => {
      // A store that is away for a moment ends no chain: there may be something.
      log.warn("resume.chain_unsure", { code: errorCode(error) });
      return AGAIN_MS;
    });
  return {
    async start() {
      if (await mark.begin()) await callHop(1);
    },
    async goOn(hop) {
      // Whoever leaves something from now on begins a chain; what was left before is seen by the question.
      const ended = hop === 0 || (await mark.end());
      const dueMs = await nextDueMs();
      if (dueMs === null) return;
      if (hop >= MAX_HOPS) return log.warn("resume.chain_ended", { hop });
      // A mark that could not be ended is this chain's own.
      if (ended && !(await mark.begin())) return;
      await clock.sleep(Math.min(dueMs, MAX_PAUSE_MS));
      await callHop(hop + 1);
    },
  };
}
