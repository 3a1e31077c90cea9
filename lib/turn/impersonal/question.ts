import { intentByWords } from "../../intents/by-words.ts";
import { isCourtesy } from "../../intents/local/courtesy.ts";
import { intentsOf } from "../../intents/own.ts";
import { replyPrefix } from "../../intents/prompts.ts";
import { INTENTS } from "../../intents/table.ts";
import { firstNameIn, saysCourtesy } from "../../language/courtesies.ts";
import { impersonalWords, namesCustomer } from "../../language/impersonal.ts";
import type { ImpersonalQuestion } from "../../types/cache.ts";
import type { Language, Tenant } from "../../types/company.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Claim } from "../../types/turn-store.ts";
import type { RoleModels } from "../state/context.ts";

/** Intents of questions whose answers are the same for everybody. */
const IMPERSONAL = INTENTS.filter(({ impersonal }) => impersonal);

/** The row of an intent whose answers are the same for everybody; undefined for any other. */
export const impersonalIntent = (name: string) => IMPERSONAL.find((row) => row.name === name);

/**
 * What the customer asks, if anybody could ask it: plain words about no person and no moment, with nothing before them but greetings. Null for
 * all else.
 */
export function questionOf(
  claim: Claim,
  language: Language,
  models: Pick<RoleModels, "reply" | "tiers">,
): ImpersonalQuestion | null {
  const { pending, history, customer, tenant } = claim;
  // Without a version nothing tells when the knowledge base has changed.
  if (tenant.version == null || claim.waitsForPerson || claim.botNote) return null;
  if (pending.some(isMoreThanWords)) return null;
  const text = impersonalWords(pending.map((message) => message.text ?? "").join("\n"));
  if (text === null || namesCustomer(text, customer)) return null;
  if (!history.every((message) => isOnlyCourtesy(message, claim))) return null;
  return { tenantId: tenant.id, version: versionOf(tenant, models), language, text };
}

/** True for a message that quotes, edits, shows or taps something, or opts in. */
const isMoreThanWords = ({ type, about, quoted, reading, opt }: StoredMessage): boolean =>
  type !== "text" || Boolean(about) || quoted !== null || reading !== null || opt !== null;

/** True for a mere greeting or thanks, and for our courtesy in reply: what follows means the same without it. */
function isOnlyCourtesy(message: StoredMessage, { customer, tenant }: Claim): boolean {
  const text = message.text ?? "";
  if (message.direction === "out")
    return saysCourtesy(text, { name: firstNameIn(customer.name), wanted: tenant.profile.courtesies });
  const plain = isMoreThanWords(message) ? null : intentByWords(text, false, intentsOf(tenant));
  return plain !== null && isCourtesy(plain.intent);
}

/** All that an answer depends on besides the question: the company's version, its prompts, own words and models. */
function versionOf(
  { version, profile, intents }: Tenant,
  { reply, tiers }: Pick<RoleModels, "reply" | "tiers">,
): string {
  const asked = IMPERSONAL.map((row) => {
    const ownPrompt = intents?.[row.name]?.prompt;
    return [(tiers?.[row.tier] ?? reply).id, replyPrefix(row, { profile, ownPrompt })];
  });
  return JSON.stringify([version, intents ?? null, asked]);
}
