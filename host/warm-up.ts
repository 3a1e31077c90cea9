import type { Platform } from "../lib/compose/platform.ts";
import { composeWebhook } from "../lib/compose/webhook.ts";
import type { ReceiveBatch } from "../lib/types/inbox-store.ts";
import type { InboxDeps } from "../lib/webhook/context.ts";
import { signatureOf } from "./meta-webhook.ts";

/** A body as Meta's, with no event in it. */
const NO_EVENT = JSON.stringify({ object: "whatsapp_business_account", entry: [] });

const NOTHING: ReceiveBatch = {
  ...{ phoneNumberIds: [], throughputs: {}, messages: [], statuses: [], echoes: [], identityChanges: [] },
  ...{ preferences: [], calls: [], handovers: [], platform: [], humanPauseS: 0 },
  rateLimit: { max: 1, windowS: 1 },
  claim: null,
};

/** No conversation, and no message, is called so. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Spends before the first customer comes what the first message would spend: loads the webhook and sends a signed body
 * without events down its road, and puts to both stores what a message would, about nothing. Whatever fails here fails
 * again when it matters.
 */
export async function warmUp(serverUrl: string, platform: Platform): Promise<void> {
  const composed = composeWebhook(platform);
  await Promise.allSettled([
    knock(serverUrl, composed.appSecrets[0]?.secret ?? ""),
    composed.cache.admit([{ messageKey: NOBODY, userKey: NOBODY }]),
    askDatabase(composed),
  ]);
}

async function knock(serverUrl: string, secret: string): Promise<void> {
  const headers = { "x-hub-signature-256": signatureOf(NO_EVENT, secret) };
  const response = await fetch(`${serverUrl}/api/whatsapp/webhook`, {
    ...{ method: "POST", headers, body: NO_EVENT },
  });
  await response.text();
}

/** One after the other, so that one connection knows them all. */
async function askDatabase({ inbox, store }: InboxDeps): Promise<void> {
  await inbox.receive(NOTHING);
  await store.claim(NOBODY, 1_000);
}
