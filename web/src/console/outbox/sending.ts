import type { OperatorMessage, SendMessage } from "../../../../contracts/console/acts.ts";
import type { ThreadMessage } from "../../../../contracts/console/thread.ts";
import type { Attachment } from "./drafts.ts";
import { type Refusal, refusalOf } from "./refusals.ts";
import { KeyedStore } from "./store.ts";

/** Something that was pressed: a message to the customer, or a note. */
export type Outgoing = {
  /** Goes with every try, so that the server sends it once. */
  id: string;
  conversationId: string;
  at: number;
  /** Words of the bubble. */
  text: string;
  attachment: Attachment | null;
  state: "waiting" | "sending" | "failed";
  refusal: Refusal | null;
} & (
  | { kind: "note" }
  | {
      kind: "message";
      message: OperatorMessage;
      quote: ThreadMessage | null;
      seenAt: number;
      anyway: boolean;
      takes: Takes;
    }
);

/** Operator from whom the conversation is taken first; from the bot and the queue, sending takes it by itself. */
export type Takes = null | { from: string | null };

/** What was pressed and has not been stored by the server, by conversation, in order. */
export const outbox = new KeyedStore<readonly Outgoing[]>([]);

/** Sends one item; resolves when the server has stored it, and rejects with the client's error. */
export type Post = (item: Outgoing) => Promise<void>;

/** Pauses before another try of what may have arrived: the id makes it safe, and short trouble goes unnoticed. */
const PAUSES_MS = [800, 2_500];

const tails = new Map<string, Promise<void>>();
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Shows an item and sends it after those before it, so that the customer reads them in their order. */
export function press(item: Outgoing, post: Post, wait = pause): Promise<void> {
  const { conversationId } = item;
  place({ ...item, state: "waiting", refusal: null });
  const before = tails.get(conversationId) ?? Promise.resolve();
  const tail = before.then(() => run(item, post, wait));
  tails.set(conversationId, tail);
  return tail;
}

async function run(item: Outgoing, post: Post, wait: typeof pause): Promise<void> {
  // Discarded while it waited.
  if (!isThere(item)) return;
  place({ ...item, state: "sending", refusal: null });
  for (let tries = 0; ; tries += 1) {
    try {
      await post(item);
      return discard(item);
    } catch (error) {
      const refusal = refusalOf(error);
      const pauseMs = PAUSES_MS[tries];
      if (pauseMs === undefined || (refusal !== "offline" && refusal !== "busy"))
        return place({ ...item, state: "failed", refusal });
      await wait(pauseMs);
    }
  }
}

const isThere = ({ conversationId, id }: Outgoing) =>
  outbox.get(conversationId).some((item) => item.id === id);

function place(item: Outgoing): void {
  outbox.change(item.conversationId, (items) =>
    items.some(({ id }) => id === item.id)
      ? items.map((old) => (old.id === item.id ? item : old))
      : [...items, item],
  );
}

/** Takes an item out: it was stored, or given up. */
export function discard({ conversationId, id }: Outgoing): void {
  outbox.change(conversationId, (items) => items.filter((item) => item.id !== id));
}

/** Body of a message's request. */
export function bodyOf(item: Outgoing & { kind: "message" }): SendMessage {
  const { id, message, quote, seenAt, anyway } = item;
  return { id, message, quoteWaMessageId: quote?.waMessageId ?? null, seenAt, ...(anyway ? { anyway } : {}) };
}
