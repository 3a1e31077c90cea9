import type { TurnDeps } from "./context.ts";
import type { Turn } from "./turn.ts";

/** A reply's usual call, and the statements and the request that bring it to the customer. */
const REPLY_ROOM_MS = 1_500;
/** The same of the fallback model, which is mostly the smaller one. */
const FALLBACK_ROOM_MS = 900;
/** The draft and the request that sends it. */
const SEND_ROOM_MS = 200;
/** No stage gives way before it had these. */
const LEAST = { classifyMs: 700, firstModelMs: 1_000 };
/** Messages that are older when they arrive waited for something else: Meta delivers again what could not be stored. */
const WAITED_MS = 30_000;

type TimedTurn = Partial<Pick<Turn, "receivedAtMs">> & {
  claim: Pick<Turn["claim"], "pending">;
  deps: Pick<TurnDeps, "clock"> & { limits: Pick<TurnDeps["limits"], "waitTargetMs"> };
};

/** Milliseconds until the customer's reply is due; null for messages that were waiting already, which nobody hurries for. */
function leftMs({ claim, deps, receivedAtMs = null }: TimedTurn): number | null {
  const { waitTargetMs } = deps.limits;
  if (waitTargetMs === null || receivedAtMs === null) return null;
  const writtenMs = claim.pending[0]?.timestampMs ?? receivedAtMs;
  if (receivedAtMs - writtenMs > WAITED_MS) return null;
  return receivedAtMs + waitTargetMs - deps.clock.now();
}

/** Milliseconds after which a classification gives way, so that the reply still comes in time; null where it gains nothing. */
export function classifyWithinMs(turn: TimedTurn): number | null {
  const left = leftMs(turn);
  if (left === null) return null;
  const patienceMs = left - REPLY_ROOM_MS;
  return patienceMs < LEAST.classifyMs ? null : patienceMs;
}

/** Times of an attempt beside the first model, from now. */
export interface FallbackTimes {
  afterMs: number;
  dueMs: number;
}

/**
 * When the fallback model is asked beside a first model that is late, and until when the first one's reply would be in time; null where
 * neither can be. `isBegun`: the first model was asked long before.
 */
export function fallbackTimes(turn: TimedTurn, isBegun: boolean): FallbackTimes | null {
  const left = leftMs(turn);
  if (left === null || left < FALLBACK_ROOM_MS) return null;
  const afterMs = Math.max(isBegun ? 0 : LEAST.firstModelMs, left - FALLBACK_ROOM_MS);
  return { afterMs, dueMs: left - SEND_ROOM_MS };
}
