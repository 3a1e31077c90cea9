import type { Redrafted } from "../types/turn/record.ts";
import type { Claim, PartForm, UnsentMessage } from "../types/turn-store.ts";
import { describeOutbound } from "../whatsapp/messages/describe.ts";
import { type MessageForm, plainerForm } from "../whatsapp/messages/plain-form.ts";
import { likelyLanguage } from "./answer/classify.ts";
import { instant } from "./state/lease.ts";
import { claimRef, isOperators, type Turn } from "./state/turn.ts";

/** The next plainer form of a message of this turn; null when there is none. An operator's words are not put in another form. */
export function nextForm(turn: Turn, form: MessageForm, quoteRefused: boolean): MessageForm | null {
  if (isOperators(turn.claim))
    return quoteRefused && form.quoteWaMessageId !== null ? { ...form, quoteWaMessageId: null } : null;
  const language = turn.journal.record().language ?? likelyLanguage(turn.claim);
  return plainerForm(form, { quoteRefused, language });
}

/** Writes a plainer form down before it is sent, under the same id, and with it extends the lease. */
export async function redraft(
  turn: Turn,
  id: string,
  { message, quoteWaMessageId }: MessageForm,
): Promise<Redrafted> {
  const { claim, lease, deps } = turn;
  const form: PartForm = { id, message, text: describeOutbound(message), quoteWaMessageId };
  const started = instant(deps.clock);
  const redrafted = await deps.store.redraft(claimRef(claim), form, deps.limits.leaseMs);
  if (redrafted.leaseHeld) lease.extendedAt(started);
  return redrafted;
}

/** Makes the messages plainer that Meta reported as failed in the form that they have. */
export async function makePlainer(turn: Turn, unsent: Claim["unsent"]): Promise<Claim["unsent"]> {
  const made: UnsentMessage[] = [];
  for (const message of unsent) {
    const form = message.refused ? nextForm(turn, message, false) : null;
    const stored = form && (await redraft(turn, message.id, form)).redrafted;
    made.push(form && stored ? { ...message, ...form } : message);
  }
  return made;
}
