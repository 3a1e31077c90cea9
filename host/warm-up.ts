import type { Platform } from "../lib/compose/platform.ts";
import { composeWebhook } from "../lib/compose/webhook.ts";
import type { ReceiveBatch } from "../lib/types/inbox-store.ts";
import type { InboxDeps } from "../lib/webhook/context.ts";
import { signatureOf } from "./meta-webhook.ts";

/** A webhook body without events. */
const NO_EVENT = JSON.stringify({ object: "whatsapp_business_account", entry: [] });

const EMPTY_BATCH: ReceiveBatch = {
  ...{
    phoneNumberIds: [],
    throughputs: {},
    messages: [],
    statuses: [],
    operatorEchoes: [],
    identityChanges: [],
  },
  ...{ preferences: [], calls: [], handovers: [], accountEvents: [], humanPauseS: 0 },
  rateLimit: { max: 1, windowS: 1 },
  claim: null,
};

/** An id that no conversation and no message has. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Pays the first message's costs before it comes: loads the webhook with a signed body without events, and sends both stores
 * the requests of a message. A failure here is ignored, since it would show again with a real message.
 */
export async function warmUp(serverUrl: string, platform: Platform): Promise<void> {
  const composed = composeWebhook(platform);
  await Promise.allSettled([
    callWebhook(serverUrl, composed.appSecrets[0]?.secret ?? ""),
    composed.cache.admit([{ messageKey: NO_ID, customerKey: NO_ID }]),
    callDatabase(composed),
  ]);
}

async function callWebhook(serverUrl: string, secret: string): Promise<void> {
  const headers = { "x-hub-signature-256": signatureOf(NO_EVENT, secret) };
  const response = await fetch(`${serverUrl}/api/whatsapp/webhook`, {
    ...{ method: "POST", headers, body: NO_EVENT },
  });
  await response.text();
}

/** In sequence, so that one connection prepares all statements. */
async function callDatabase({ inbox, store }: InboxDeps): Promise<void> {
  await inbox.receive(EMPTY_BATCH);
  await store.claim(NO_ID, 1_000);
}
