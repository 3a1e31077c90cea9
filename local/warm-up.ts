import { deps } from "../lib/deps.ts";
import { signatureOf } from "./meta-webhook.ts";

/** A body as Meta's, with no event in it. */
const NO_EVENT = JSON.stringify({ object: "whatsapp_business_account", entry: [] });

/**
 * Spends before the first customer comes what the first request would spend: loads the webhook, sends a signed body
 * without events down its road, and opens the ways to both stores. Whatever fails here fails again when it matters.
 */
export async function warmUp(serverUrl: string): Promise<void> {
  const { database, cache, appSecrets } = deps();
  const headers = { "x-hub-signature-256": signatureOf(NO_EVENT, appSecrets[0]?.secret ?? "") };
  const webhook = fetch(`${serverUrl}/api/whatsapp/webhook`, { method: "POST", headers, body: NO_EVENT });
  await Promise.allSettled([
    webhook.then((response) => response.text()),
    database.sql`select 1`,
    cache.ping(),
  ]);
}
