import type { Track } from "../../types/exports.ts";
import type { InboxStore } from "../../types/inbox-store.ts";
import type { TurnStore } from "../../types/turn-store.ts";

type Watched = Pick<TurnStore, "draft" | "finish"> & Pick<InboxStore, "receive">;

/** Upper ends of the classes of seconds. */
const SECONDS = [1, 2, 3, 5, 10] as const;
/** A word of ours; whatever else stands there is `other`. */
const WORD = /^[a-z][a-z_]{0,39}$/;
const RATING = /^rating:[0-9a-f-]{36}:([1-5])$/;

/** A store whose ended turns, handoffs and ratings are also events, after they are stored. */
export function withEvents<Store extends Watched>(store: Store, track: Track): Store {
  return {
    ...store,
    async draft(input) {
      const outcome = await store.draft(input);
      if (outcome.outcome === "send" && outcome.handoffOpened)
        track("handoff", { reason: word(input.handoff?.reason) });
      return outcome;
    },
    async finish(input) {
      const finished = await store.finish(input);
      const { record, result } = input;
      // What an operator wrote, or an earlier attempt, has no record here.
      if (finished.leaseHeld && record && result !== "retry")
        track("turn", {
          ...{ intent: word(record.intent), rung: word(record.rung), result },
          seconds: secondsOf(record.stagesMs.wait),
        });
      if (finished.handoff) track("handoff", { reason: word(finished.handoff.reason) });
      return finished;
    },
    async receive(batch) {
      const received = await store.receive(batch);
      for (const { replyId } of batch.messages) {
        const [, score] = RATING.exec(replyId?.slice(0, 64) ?? "") ?? [];
        if (score) track("rating", { score: Number(score) });
      }
      return received;
    },
  };
}

const word = (text: string | null | undefined): string =>
  text === null || text === undefined ? "none" : WORD.test(text) ? text : "other";

/** The class of a wait, such as `2-3`. */
function secondsOf(ms: number | undefined): string {
  if (ms === undefined) return "none";
  const at = SECONDS.findIndex((end) => ms <= end * 1_000);
  if (at === -1) return `over ${SECONDS.at(-1)}`;
  return `${SECONDS[at - 1] ?? 0}-${SECONDS[at]}`;
}
