import type { Env } from "../../lib/config/env.ts";
import { createNumbers } from "../../lib/config/numbers.ts";
import { failed, type Outcome, ok } from "./finding.ts";

/** A business number, and the names of the settings that it comes from. */
interface BusinessNumber {
  id: string;
  accessToken: string;
  idName: string;
  tokenName: string;
}

/** All business numbers, the first one first. */
export function businessNumbers(env: Env): BusinessNumber[] {
  const numbers = createNumbers(env);
  const own = new Set(
    env.WHATSAPP_NUMBERS.filter((entry) => entry.accessToken).map((entry) => entry.phoneNumberId),
  );
  return numbers.ids.map((id, index) => ({
    id,
    accessToken: numbers.accessToken(id) ?? "",
    idName: index === 0 ? "WHATSAPP_PHONE_NUMBER_ID" : `phoneNumberId in entry ${index} of WHATSAPP_NUMBERS`,
    tokenName: own.has(id) ? `accessToken in entry ${index} of WHATSAPP_NUMBERS` : "WHATSAPP_ACCESS_TOKEN",
  }));
}

interface GraphAnswer {
  display_phone_number?: string;
  verified_name?: string;
  error?: { code?: number };
}

/** Asks the Graph API for one business number with the token that the bot uses for it. */
export async function checkGraph(env: Env, number: BusinessNumber, signal: AbortSignal): Promise<Outcome> {
  const url = `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${number.id}`;
  const response = await fetch(`${url}?fields=display_phone_number,verified_name`, {
    headers: { authorization: `Bearer ${number.accessToken}` },
    redirect: "error",
    signal,
  });
  const answer: GraphAnswer = await response.json().catch(() => ({}));
  if (response.ok)
    return ok(`${answer.verified_name ?? "number"} ${answer.display_phone_number ?? ""}`.trim());
  const code = answer.error?.code;
  if (code === 190 || response.status === 401)
    return failed(
      "Meta refuses the token (code 190)",
      `make a permanent system user token with whatsapp_business_messaging and set ${number.tokenName}`,
    );
  if (code === 100)
    return failed(
      "the token cannot see this number (code 100)",
      `set ${number.idName} to the phone number ID of WhatsApp → API Setup, and give the system user that account`,
    );
  return failed(
    `Meta answers HTTP ${response.status}${code === undefined ? "" : `, code ${code}`}`,
    "check WHATSAPP_API_BASE_URL and WHATSAPP_API_VERSION",
  );
}
