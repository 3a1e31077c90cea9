import type { AppSecret } from "../crypto/signature.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { AdmissionCache } from "../types/cache.ts";
import type { InboxStore, OpenConversations } from "../types/inbox-store.ts";

/** Everything the webhook needs from outside; the turns it starts need the rest. */
export interface InboxDeps extends TurnDeps {
  /** Each secret once, with the numbers that a body signed with it may speak for. */
  appSecrets: readonly AppSecret[];
  /** Our own business numbers. */
  phoneNumberIds: readonly string[];
  /** Messages a second, for the numbers whose limit is set. */
  throughputs: Readonly<Record<string, number>>;
  rateLimit: { max: number; windowS: number };
  /** How long the bot stays silent after a person of the company wrote from the WhatsApp Business app. */
  humanPauseS: number;
  cache: AdmissionCache;
  inbox: InboxStore & OpenConversations;
  /** Keeps the process alive until the promise ends, after the response. */
  waitUntil(promise: Promise<unknown>): void;
}
