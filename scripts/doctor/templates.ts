import { systemClock } from "../../lib/compose/clock.ts";
import type { Env } from "../../lib/config/env.ts";
import { createNumbers } from "../../lib/config/numbers.ts";
import { createTemplates } from "../../lib/whatsapp/templates/list.ts";
import { type Outcome, ok, warning } from "./finding.ts";

/** A number for each account whose templates the console lists. */
export function accountNumbers(env: Env): { accountId: string; phoneNumberId: string }[] {
  const numbers = createNumbers(env);
  const accounts = new Map<string, string>();
  for (const id of numbers.ids) {
    const accountId = numbers.businessAccountId(id);
    if (accountId !== null && !accounts.has(accountId)) accounts.set(accountId, id);
  }
  return [...accounts].map(([accountId, phoneNumberId]) => ({ accountId, phoneNumberId }));
}

/** Lists the account's templates as the console does; the bot works without them. */
export async function checkTemplates(env: Env, phoneNumberId: string): Promise<Outcome> {
  const numbers = createNumbers(env);
  const view = await createTemplates({
    baseUrl: env.WHATSAPP_API_BASE_URL,
    version: env.WHATSAPP_API_VERSION,
    accessToken: numbers.accessToken,
    accountId: numbers.businessAccountId,
    clock: systemClock,
  }).list(phoneNumberId);
  if (view.state === "ok") return ok(`${view.templates.length} in the account`);
  return warning(
    view.message,
    "set WHATSAPP_BUSINESS_ACCOUNT_ID (businessAccountId in WHATSAPP_NUMBERS) to the account's id from WhatsApp → API Setup, and give the token whatsapp_business_management",
  );
}
