import type { Env } from "../../lib/config/env.ts";
import { createNumbers } from "../../lib/config/numbers.ts";
import { call } from "../../lib/http/call.ts";
import { CallError } from "../../lib/http/call-error.ts";
import { fieldOf, fieldsOf, parseJson } from "../../lib/json/lenient.ts";
import { META_ERRORS, metaAdvice, metaCodeIn, metaMeaning } from "../../lib/whatsapp/errors.ts";
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

/** Asks the Graph API for one business number with the token that the bot uses for it. */
export async function checkGraph(env: Env, number: BusinessNumber, signal: AbortSignal): Promise<Outcome> {
  const url = `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${number.id}`;
  const headers = { authorization: `Bearer ${number.accessToken}` };
  try {
    const { text } = await call(`${url}?fields=display_phone_number,verified_name`, { headers, signal });
    const facts = fieldsOf(parseJson(text));
    return ok(
      `${fieldOf(facts, "verified_name") ?? "number"} ${fieldOf(facts, "display_phone_number") ?? ""}`.trim(),
    );
  } catch (error) {
    if (error instanceof CallError && error.status !== null) return explain(error, error.status, number);
    throw error;
  }
}

function explain({ text }: CallError, status: number, { idName, tokenName }: BusinessNumber): Outcome {
  const code = metaCodeIn(parseJson(text));
  if (code === META_ERRORS.tokenExpired.code || status === 401)
    return failed(
      `Meta refuses the token (code ${META_ERRORS.tokenExpired.code})`,
      `make a permanent system user token with whatsapp_business_messaging and set ${tokenName}`,
    );
  if (code === META_ERRORS.invalidParameter.code)
    return failed(
      `the token cannot see this number (code ${code})`,
      `set ${idName} to the phone number ID of WhatsApp → API Setup, and give the system user that account`,
    );
  if (code === null)
    return failed(`Meta answers HTTP ${status}`, "check WHATSAPP_API_BASE_URL and WHATSAPP_API_VERSION");
  const meaning = metaMeaning(code) ?? "not in Chasqui's table";
  return failed(`Meta answers HTTP ${status}, code ${code}: ${meaning}`, metaAdvice(code));
}
