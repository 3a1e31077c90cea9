import type { AppSecret } from "../crypto/signature.ts";
import type { ResumeChain } from "../jobs/chain.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { AdmissionCache } from "../types/cache.ts";
import type { InboxStore, UnreadConversations, WaitingHandoffs } from "../types/inbox-store.ts";

/** Dependencies of the webhook and of the turns it starts. */
export interface InboxDeps extends TurnDeps {
  /** Each secret once, with the numbers that it signs for. */
  appSecrets: readonly AppSecret[];
  /** Our own business numbers. */
  phoneNumberIds: readonly string[];
  /** Messages per second, for the numbers whose limit is set. */
  throughputs: Readonly<Record<string, number>>;
  rateLimit: { max: number; windowS: number };
  /** Seconds of silence after an operator wrote from the WhatsApp Business app. */
  humanPauseS: number;
  cache: AdmissionCache;
  inbox: InboxStore & UnreadConversations & WaitingHandoffs;
  /** Tells hidden pages of the console that other customers may wait now. Never throws. */
  queueChanged(tenantId: string): Promise<void>;
  /** Goes on with what is left unread. */
  chain: Pick<ResumeChain, "start">;
  /** Runs jobs that are due, where no scheduler does; bounded, and never throws. */
  runDue(): Promise<void>;
  /** Keeps the process alive until the promise ends, after the response. */
  waitUntil(promise: Promise<unknown>): void;
}
