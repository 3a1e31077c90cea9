import type { StatusUpdate, WebhookEvents } from "../../lib/types/inbound.ts";
import { noEvents } from "../../lib/whatsapp/inbound/events.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { createCustomers, type Written } from "./customers.ts";
import type { FaultKind } from "./faults.ts";
import type { Loop } from "./loop.ts";
import type { Random } from "./random.ts";

const GIVES_UP_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Messages are written in this span: in bursts, and while turns run. */
const WRITING_MS = 30_000;

/** Meta's side of webhooks: each is delivered until it gets a 200, and sometimes again. */
export interface Meta {
  /** Customers' messages by number and message id. */
  written: ReadonlyMap<string, Written>;
  /** True when every webhook got a 200. */
  allTaken(): boolean;
  report(status: StatusUpdate): void;
  /** True while Meta accepts free-form messages to this customer. */
  windowOpen(customer: { phone: string | null; waUserId: string | null }): boolean;
  /** Lets customers write. */
  begin(users: number, messages: number): void;
}

interface MetaOptions {
  loop: Loop;
  random: Random;
  phoneNumberIds: readonly [string, ...string[]];
  kinds(): ReadonlySet<FaultKind>;
  /** Posts a webhook to some machine; `taken` is called when it answers 200. */
  post(events: WebhookEvents, taken: () => void): void;
}

/** A Meta without messages. */
export function createMeta(options: MetaOptions): Meta {
  const { loop, random, post, phoneNumberIds } = options;
  const written = new Map<string, Written>();
  const customers = createCustomers(random, options.kinds(), loop.now());
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

  const write = (batch: Written[]): void => {
    for (const message of batch) written.set(`${message.phoneNumberId}/${message.waMessageId}`, message);
    deliver(parseWebhook(bodyOf(batch), loop.now()));
  };

  return {
    written,
    allTaken: () => waiting === 0,
    report(status) {
      deliver({ ...noEvents(), statuses: [status] });
      // The id of another message, next to our own id of this one.
      if (options.kinds().has("same ids") && random.chance(0.3))
        deliver({ ...noEvents(), statuses: [{ ...status, waMessageId: "wamid.in.1" }] });
    },
    windowOpen(customer) {
      const owner = customers.ownerOf(customer);
      const times = [...written.values()].filter((message) => message.customer === owner);
      return Math.max(...times.map(({ timestampMs }) => timestampMs)) + DAY_MS > loop.now();
    },
    begin(users, messages) {
      const startMs = loop.now();
      const closesSoon = options.kinds().has("window closed") && random.chance(0.5);
      for (const { atMs, events } of customers.changes(users, WRITING_MS, phoneNumberIds))
        loop.after(atMs + random.pick([0, 200, 5_000]), () =>
          deliver({ ...noEvents(), identityChanges: events }),
        );
      for (let left = messages, batch = 1; left > 0; left -= batch) {
        batch = Math.min(left, random.pick([1, 1, 1, 2, 3]));
        const sentMs = random.pick([0, random.int(0, 2_000), random.int(0, WRITING_MS)]);
        const ids = Array.from({ length: batch }, (_, index) => left - index);
        const delayMs = sentMs + random.pick([0, 100, 3_000]);
        const ageMs = closesSoon ? DAY_MS - random.int(5_000, 60_000) : 0;
        // Meta's times are whole seconds.
        const timestampMs = Math.floor((startMs + sentMs - ageMs) / 1000) * 1000;
        const first = ids.map((id) =>
          customers.write({
            id,
            customer: random.int(1, users),
            phoneNumberId: random.pick(phoneNumberIds),
            timestampMs,
            sentMs: startMs + sentMs,
          }),
        );
        const again = options.kinds().has("same ids") ? first.flatMap(atAnotherNumber) : [];
        loop.after(delayMs, () => write([...first, ...again]));
      }
    },
  };

  /** Meta may use the same message id at two numbers. */
  function atAnotherNumber(message: Written): Written[] {
    const other = phoneNumberIds.find((id) => id !== message.phoneNumberId);
    return other && random.chance(0.4) ? [{ ...message, phoneNumberId: other }] : [];
  }
}

/** Meta's webhook with these messages, one change each. */
function bodyOf(batch: readonly Written[]): unknown {
  return {
    object: "whatsapp_business_account",
    entry: batch.map(({ phoneNumberId, item, profileName }) => ({
      id: "account",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: phoneNumberId, phone_number_id: phoneNumberId },
            contacts: [{ profile: { name: profileName }, wa_id: item.from, user_id: item.from_user_id }],
            messages: [item],
          },
        },
      ],
    })),
  };
}
