import type { Env } from "../../lib/env.ts";
import { failed, type Outcome, ok } from "./finding.ts";

interface GraphAnswer {
  display_phone_number?: string;
  verified_name?: string;
  error?: { code?: number };
}

/** Asks the Graph API for the business number with the bot's own token. */
export async function checkGraph(env: Env, signal: AbortSignal): Promise<Outcome> {
  const url = `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${env.WHATSAPP_PHONE_NUMBER_ID}`;
  const response = await fetch(`${url}?fields=display_phone_number,verified_name`, {
    headers: { authorization: `Bearer ${env.WHATSAPP_ACCESS_TOKEN}` },
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
      "make a permanent system user token with whatsapp_business_messaging and set WHATSAPP_ACCESS_TOKEN",
    );
  if (code === 100)
    return failed(
      "the token cannot see this number (code 100)",
      "set WHATSAPP_PHONE_NUMBER_ID to the phone number ID of WhatsApp → API Setup, and give the system user that account",
    );
  return failed(
    `Meta answers HTTP ${response.status}${code === undefined ? "" : `, code ${code}`}`,
    "check WHATSAPP_API_BASE_URL and WHATSAPP_API_VERSION",
  );
}
