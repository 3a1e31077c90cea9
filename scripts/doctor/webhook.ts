import { deliverWebhook } from "../../host/meta-webhook.ts";
import type { Env } from "../../lib/config/env.ts";
import { createNumbers } from "../../lib/config/numbers.ts";
import { failed, type Outcome, ok, warning } from "./finding.ts";

const EMPTY_BODY = { object: "whatsapp_business_account", entry: [] };

/** Tests a running bot as Meta would: the handshake, a forged delivery, and an empty delivery signed with each secret. */
export async function checkWebhook(env: Env, baseUrl: string, signal: AbortSignal): Promise<Outcome> {
  const url = `${baseUrl}/api/whatsapp/webhook`;
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.verify_token": env.WHATSAPP_VERIFY_TOKEN,
    "hub.challenge": "1158201444",
  });
  const handshake = await fetch(`${url}?${query}`, { signal }).catch(() => null);
  if (!handshake)
    return warning(
      `no bot runs at ${baseUrl}`,
      "start it (npm start), or pass its address with --url https://…",
    );
  if (handshake.status !== 200 || (await handshake.text()) !== "1158201444")
    return failed(
      `the handshake is answered with ${handshake.status}`,
      "give the running bot the same WHATSAPP_VERIFY_TOKEN",
    );
  const forged = await deliverWebhook(url, EMPTY_BODY, "not-the-secret", signal);
  if (forged.status !== 401)
    return failed(
      `a forged delivery is answered with ${forged.status}, not 401`,
      "do not expose this server",
    );
  for (const { secret, phoneNumberIds } of createNumbers(env).secrets()) {
    const signed = await deliverWebhook(url, EMPTY_BODY, secret, signal);
    if (signed.status !== 200)
      return failed(
        `a delivery signed for ${phoneNumberIds.join(", ")} is answered with ${signed.status}`,
        `give the running bot the same ${env.WHATSAPP_APP_SECRET.includes(secret) ? "WHATSAPP_APP_SECRET" : "WHATSAPP_NUMBERS"}`,
      );
  }
  return ok(`handshake and signature work at ${baseUrl}`);
}
