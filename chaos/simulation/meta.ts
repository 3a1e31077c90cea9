import type { InboundMessage, StatusUpdate, WebhookEvents } from "../../lib/events.ts";
import { noEvents } from "../../lib/webhook/payload.ts";
import type { FaultKind } from "./faults.ts";
import type { Loop } from "./loop.ts";
import type { Random } from "./random.ts";

const GIVES_UP_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Messages are written in the first half minute: bursts, and news while turns run. */
const WRITING_MS = 30_000;

/** Meta's side of webhooks: everything is delivered until it is taken, and at times once more. */
export interface Meta {
  /** What customers sent, by message id. */
  written: Map<string, InboundMessage>;
  /** Whether all was taken with 200. */
  allTaken(): boolean;
  report(status: StatusUpdate): void;
  /** Whether Meta takes free-form messages for this person now. */
  windowOpen(phone: string | null): boolean;
  /** Lets customers write. */
  begin(users: number, messages: number): void;
}

interface MetaOptions {
  loop: Loop;
  random: Random;
  phoneNumberIds: readonly [string, ...string[]];
  kinds(): ReadonlySet<FaultKind>;
  /** Posts a webhook to some machine; `taken` is called when that answered 200. */
  post(events: WebhookEvents, taken: () => void): void;
}

/** A Meta nobody has written to yet. */
export function createMeta(options: MetaOptions): Meta {
  const { loop, random, post } = options;
  const written = new Map<string, InboundMessage>();
  let waiting = 0;

  const deliver = (events: WebhookEvents): void => {
    waiting += 1;
    let isTaken = false;
    const taken = () => {
      if (isTaken) return;
      isTaken = true;
      waiting -= 1;
    };
    const attempt = (waitMs: number): void => {
      post(events, taken);
      loop.after(GIVES_UP_MS, () => {
        if (!isTaken) loop.after(random.int(0, waitMs), () => attempt(Math.min(waitMs * 2, 60_000)));
      });
    };
    attempt(2_000);
    while (options.kinds().has("redelivery") && random.chance(0.4)) {
      loop.after(random.int(0, 40_000), () => post(events, taken));
    }
  };

  const write = (batch: InboundMessage[]): void => {
    for (const message of batch) written.set(message.waMessageId, message);
    deliver({ ...noEvents(), messages: batch });
  };

  return {
    written,
    allTaken: () => waiting === 0,
    report: (status) => deliver({ ...noEvents(), statuses: [status] }),
    windowOpen(phone) {
      const own = [...written.values()].filter(({ from }) => from === phone);
      return Math.max(...own.map(({ timestampMs }) => timestampMs)) + DAY_MS > loop.now();
    },
    begin(users, messages) {
      const startMs = loop.now();
      const closesSoon = options.kinds().has("window closed") && random.chance(0.5);
      for (let left = messages, batch = 1; left > 0; left -= batch) {
        batch = Math.min(left, random.pick([1, 1, 1, 2, 3]));
        const sentMs = random.pick([0, random.int(0, 2_000), random.int(0, WRITING_MS)]);
        const ids = Array.from({ length: batch }, (_, index) => left - index);
        const delayMs = sentMs + random.pick([0, 100, 3_000]);
        const ageMs = closesSoon ? DAY_MS - random.int(5_000, 60_000) : 0;
        // Meta's times are whole seconds.
        const timestampMs = Math.floor((startMs + sentMs - ageMs) / 1000) * 1000;
        const batchMessages = ids.map((id) =>
          inbound(id, random.int(1, users), random.pick(options.phoneNumberIds), timestampMs),
        );
        loop.after(delayMs, () => write(batchMessages));
      }
    },
  };
}

const inbound = (id: number, user: number, phoneNumberId: string, timestampMs: number): InboundMessage => ({
  phoneNumberId,
  waMessageId: `wamid.in.${id}`,
  from: `5191234567${user}`,
  fromUserId: null,
  profileName: `Customer ${user}`,
  groupId: null,
  timestampMs,
  type: "text",
  text: `message ${id}`,
  replyId: null,
  mediaId: null,
  contextId: null,
  errorCodes: [],
  content: {},
  standby: false,
  about: null,
});
