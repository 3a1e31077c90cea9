import type { InboxDeps } from "../webhook/context.ts";
import { composeDue } from "./alerts.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeChain } from "./schedule.ts";
import { composeCache, composeDatabase, composeQueueSignal, rateLimitOf } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the webhook and of the turns that it starts. */
export function composeWebhook(platform: Platform): InboxDeps & { verifyToken: string } {
  const base = composeBase(platform);
  const { env, numbers } = base;
  const database = composeDatabase(base);
  const turn = composeTurn(base, database);
  return {
    ...turn,
    chain: composeChain(base, turn.inbox),
    queueChanged: composeQueueSignal(base).raise,
    runDue: composeDue(base, database),
    waitUntil: platform.waitUntil,
    cache: composeCache(base),
    rateLimit: rateLimitOf(base),
    humanPauseS: env.HUMAN_PAUSE_HOURS * 3_600,
    throughputs: numbers.throughputs,
    appSecrets: numbers.secrets(),
    phoneNumberIds: numbers.ids,
    verifyToken: env.WHATSAPP_VERIFY_TOKEN,
  };
}
