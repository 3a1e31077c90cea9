import { errorCode, isDataError } from "../telemetry/error-code.ts";
import type { ReceiveBatch, Received } from "../types/inbox-store.ts";
import { noEvents } from "../whatsapp/inbound/events.ts";
import type { InboxDeps } from "./context.ts";
import { NOTHING_STORED, sumReceived } from "./received.ts";

const LISTS = [
  "operatorEchoes",
  "identityChanges",
  "preferences",
  "calls",
  "handovers",
  "accountEvents",
  "statuses",
] as const;

type Deps = Pick<InboxDeps, "inbox" | "log">;

/**
 * Stores a delivery's events in one statement; item by item when the store refuses that for its data, so that one bad item
 * costs no other. Throws when a message could not be stored, or on any other failure: Meta delivers it again.
 */
export async function storeEvents(deps: Deps, batch: ReceiveBatch): Promise<Received> {
  try {
    return await deps.inbox.receive(batch);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return storeOneByOne(deps, batch);
  }
}

async function storeOneByOne({ inbox, log }: Deps, batch: ReceiveBatch): Promise<Received> {
  const { others: _others, ...lists } = noEvents();
  const empty = { ...batch, ...lists, claim: null };
  const attempt = (list: string, alone: Partial<ReceiveBatch>): Promise<Received | null> =>
    inbox.receive({ ...empty, ...alone }).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
      log.error("webhook.item_refused", { list, code: errorCode(error) });
      return null;
    });
  let all = NOTHING_STORED;
  for (const message of batch.messages) {
    const received = await attempt("messages", { messages: [message] });
    // A message is never dropped: this one is stored as unreadable, with its sender.
    all = sumReceived(all, received ?? (await inbox.receive({ ...empty, messages: [unreadable(message)] })));
  }
  for (const list of LISTS) {
    for (const item of batch[list])
      all = sumReceived(all, (await attempt(list, { [list]: [item] })) ?? NOTHING_STORED);
  }
  return all;
}

const unreadable = (message: ReceiveBatch["messages"][number]): ReceiveBatch["messages"][number] => ({
  ...message,
  type: "unsupported",
  text: null,
  content: null,
  about: null,
  profileName: null,
  contextId: null,
  metaCodes: [],
});

/** Refused for what is in it: values, or values that meet others (class 23), not for the moment at which it came. */
const isRefused = (error: unknown): boolean => isDataError(error) || /^pg_(21|23)/.test(errorCode(error));
