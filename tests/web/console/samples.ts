import type { ConversationRow } from "../../../contracts/console/inbox.ts";
import type { ConversationView, HandoffView, ThreadMessage } from "../../../contracts/console/thread.ts";
import { message } from "../../browser/samples.ts";

const NOON = Date.UTC(2026, 0, 15, 12);
let count = 0;

/** A row with the bot, quiet. */
export function row(given: Partial<ConversationRow> = {}): ConversationRow {
  count += 1;
  return {
    id: `c${count}`,
    name: `Customer ${count}`,
    phone: "+51 987 654 321",
    language: "es",
    owner: "bot",
    assignee: null,
    preview: "Hola",
    previewBy: "customer",
    previewType: "text",
    lastAt: NOON + count * 1000,
    unread: 0,
    waitingSince: null,
    reason: null,
    tags: [],
    snoozedUntil: null,
    closedAt: null,
    flaggedAt: null,
    windowEndsAt: NOON + 86_400_000,
    optedOut: false,
    demo: false,
    changedAt: NOON + count * 1000,
    ...given,
  };
}

/** A message in the thread of the console. */
export function threadMessage(given: Partial<ThreadMessage> = {}): ThreadMessage {
  return { ...message(given), operator: null, fromPhoneApp: false, failure: null, fileUrl: null, ...given };
}

/** A handoff that waits. */
export function handoff(given: Partial<HandoffView> = {}): HandoffView {
  count += 1;
  return {
    id: `h${count}`,
    reason: "complaint",
    summary: "The parcel arrived broken.",
    openedAt: NOON,
    takenAt: null,
    takenBy: null,
    handedBackAt: null,
    ...given,
  };
}

/** A view of one conversation. */
export function view(given: Partial<ConversationView> = {}): ConversationView {
  const own = given.row ?? row();
  const { name, phone, language } = own;
  return {
    row: own,
    handoff: null,
    botNote: null,
    customer: {
      id: `customer-${own.id}`,
      name,
      phone,
      waUserId: null,
      language,
      firstSeenAt: NOON,
      optedOutAt: null,
      noMarketingAt: null,
      unreachableAt: null,
      handoffs: [],
      csat: [],
    },
    messages: [],
    turns: [],
    notes: [],
    withheld: null,
    presence: [],
    older: null,
    eventId: "0",
    ...given,
  };
}
