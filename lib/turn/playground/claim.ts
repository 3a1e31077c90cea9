import type { Tenant } from "../../types/company.ts";
import type { PretendCustomer, PretendMessage, StoredReplay } from "../../types/console/playground.ts";
import type { Customer, StoredMessage } from "../../types/conversation.ts";
import type { Claim } from "../../types/turn-store.ts";
import { optOf } from "../../whatsapp/inbound/opt.ts";

interface Around {
  tenant: Tenant;
  numberUsd: number;
}

/** A claim of a conversation that does not exist: nothing in it is the id of a row. */
export function pretendClaim(
  said: { customer: PretendCustomer; history: readonly PretendMessage[]; message: PretendMessage },
  { nowMs, ...around }: Around & { nowMs: number },
): Claim {
  const ask: Customer = { ...said.customer, id: crypto.randomUUID(), waUserId: null, optedOut: false };
  const first = nowMs - (said.history.length + 1) * BETWEEN_MS;
  const history = said.history.map((message, place) => stored(message, first + place * BETWEEN_MS, false));
  const answers = history.some(({ direction }) => direction === "out");
  return claimOf({ customer: ask, history, pending: [stored(said.message, nowMs, answers)] }, around);
}

/** A claim of what a turn was asked, as if it were asked now. */
export const replayClaim = ({ customer, history, pending }: StoredReplay, around: Around): Claim =>
  claimOf({ customer: { ...customer, optedOut: false }, history, pending }, around);

/** Time between messages; slower than another bot. */
const BETWEEN_MS = 20_000;

type Conversation = Pick<Claim, "customer" | "history" | "pending">;

const claimOf = (conversation: Conversation, { tenant, numberUsd }: Around): Claim => ({
  ...conversation,
  tenant,
  ...{ turnId: crypto.randomUUID(), conversationId: crypto.randomUUID() },
  ...{ epoch: 0, throughSeq: 0, afterSeq: 0, attempts: 0 },
  ...{
    unsent: [],
    window: null,
    unnotifiedHandoff: null,
    waitsForPerson: false,
    previousRung: null,
    repeat: null,
  },
  // The budget is the number's; a pretend customer has used nothing of their own.
  usage: { turns: 0, soundSeconds: 0, numberUsd },
});

function stored(
  { direction, text, tap }: PretendMessage,
  timestampMs: number,
  answers: boolean,
): StoredMessage {
  const kind = tap?.list ? "list_reply" : "button_reply";
  const message = {
    direction,
    type: tap ? "interactive" : "text",
    text,
    content: tap && { type: kind, [kind]: { id: tap.id, title: text } },
  };
  return {
    ...message,
    ...{ id: crypto.randomUUID(), waMessageId: null, about: null, reading: null, quoted: null, timestampMs },
    opt: direction === "in" ? optIn(message, answers) : null,
  };
}

/** A word that may answer our last message is left to the turn, as the store leaves it. */
function optIn(message: Pick<StoredMessage, "type" | "text" | "content">, answers: boolean) {
  const { opt, optUnlessAnswer } = optOf({ ...message, groupId: null });
  return answers && optUnlessAnswer !== null ? null : opt;
}
