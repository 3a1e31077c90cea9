import { errorCode, isDataError } from "../telemetry/error-code.ts";
import type { ReceiveBatch, Received } from "../types/inbox-store.ts";
import type { InboxDeps } from "./context.ts";

/** The result of storing nothing. */
export const NOTHING_STORED: Received = {
  conversationIds: [],
  claim: null,
  leftOpen: [],
  stored: 0,
  duplicates: 0,
  limited: 0,
  notOurs: 0,
  statusesApplied: 0,
  notices: [],
  handoffs: [],
  alerts: [],
};

const LISTS = [
  "echoes",
  "identityChanges",
  "preferences",
  "calls",
  "handovers",
  "platform",
  "statuses",
] as const;

type Deps = Pick<InboxDeps, "inbox" | "log">;

/**
 * Stores a webhook's events in one statement. When the store refuses it for its data, item by item, so that one bad item costs no
 * other. Throws when a message could not be stored, or anything for another reason: Meta delivers it again.
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
  const empty = { ...batch, ...emptyLists(), claim: null };
  const attempt = (list: string, alone: Partial<ReceiveBatch>): Promise<Received | null> =>
    inbox.receive({ ...empty, ...alone }).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
      log.error("webhook.item_refused", { list, code: errorCode(error) });
      return null;
    });
  let all = NOTHING_STORED;
  for (const message of batch.messages) {
    const received = await attempt("messages", { messages: [message] });
    // A message is never dropped: of this one is kept who wrote it, and that it could not be read.
    all = sum(all, received ?? (await inbox.receive({ ...empty, messages: [unreadable(message)] })));
  }
  for (const list of LISTS) {
    for (const item of batch[list])
      all = sum(all, (await attempt(list, { [list]: [item] })) ?? NOTHING_STORED);
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
  errorCodes: [],
});

const emptyLists = () => ({
  messages: [],
  echoes: [],
  identityChanges: [],
  preferences: [],
  calls: [],
  handovers: [],
  platform: [],
  statuses: [],
});

/** Two parts of one webhook, stored one after the other. */
const sum = (a: Received, b: Received): Received => ({
  conversationIds: [...new Set([...a.conversationIds, ...b.conversationIds])],
  claim: null,
  leftOpen: [...new Set([...a.leftOpen, ...b.leftOpen])],
  stored: a.stored + b.stored,
  duplicates: a.duplicates + b.duplicates,
  limited: a.limited + b.limited,
  notOurs: a.notOurs + b.notOurs,
  statusesApplied: a.statusesApplied + b.statusesApplied,
  notices: [...a.notices, ...b.notices],
  handoffs: [...a.handoffs, ...b.handoffs],
  alerts: [...a.alerts, ...b.alerts],
});

/** Refused for what is in it: values, or values that meet others (class 23), not for the moment at which it came. */
const isRefused = (error: unknown): boolean => isDataError(error) || /^pg_(21|23)/.test(errorCode(error));
