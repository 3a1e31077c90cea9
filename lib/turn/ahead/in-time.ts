import type { Clock } from "../../types/clock.ts";
import type { TurnTools } from "../answer/tools.ts";
import type { Said } from "../outgoing/review.ts";
import type { Attempting } from "./attempt.ts";

/** The fallback model's attempt, for when the first one is late; times from now. */
export interface Substitute {
  afterMs: number;
  /** Until then its reply is held back: the first one's is better, and still in time. */
  dueMs: number;
  begin(): Attempting;
}

/** The attempt of two that the customer gets: its notes are the turn's now. */
export interface Won {
  said: Said | Error;
  tools: TurnTools;
  /** Set when the fallback model's came first: what the first one failed of, or that it was late. */
  instead: Error | "late" | null;
}

/**
 * The outcome of the first attempt; where it is late, the fallback model is asked beside it, and its reply counts when the first one's is
 * not there by the time it is due. An attempt that has called a tool with an effect is waited for, whatever else there is.
 */
export async function inTime(first: Attempting, substitute: Substitute, clock: Clock): Promise<Won> {
  const ended: (Said | Error)[] = [];
  const end = first.said.then((said) => ended.push(said));
  const keepFirst = async (): Promise<Won> => {
    const said = await first.said;
    first.keep();
    return { said, tools: first.tools, instead: null };
  };
  const dueAtMs = clock.now() + substitute.dueMs;
  await within(end, substitute.afterMs, clock);
  if (ended.length > 0 || first.hasActed()) return keepFirst();
  const second = substitute.begin();
  const hasReply = await isSooner(second, first);
  if (hasReply) await within(end, dueAtMs - clock.now(), clock);
  const [outcome = null] = ended;
  if (hasReply && (outcome === null || outcome instanceof Error) && !first.hasActed()) {
    const instead = outcome ?? "late";
    first.discard();
    second.keep();
    return { said: await second.said, tools: second.tools, instead };
  }
  second.discard();
  return keepFirst();
}

/** True when this attempt has a reply and the other has none yet, or never. */
const isSooner = (one: Attempting, other: Attempting): Promise<boolean> =>
  Promise.any([reply(one, true), reply(other, false)]).catch(() => false);

async function reply({ said }: Attempting, answer: boolean): Promise<boolean> {
  const outcome = await said;
  if (outcome instanceof Error) throw outcome;
  return answer;
}

async function within(work: Promise<unknown>, ms: number, clock: Clock): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, clock.sleep(ms, over.signal)]);
  over.abort();
}
