import type { StatusDelays, StatusMode } from "./statuses.ts";
import type { RegisteredTemplate } from "./templates.ts";

/** What a pretend Graph API is started with. */
export interface GraphOptions {
  port?: number;
  accessToken: string;
  /** Tokens by business number, for those that have one of their own. */
  accessTokens?: Readonly<Record<string, string>>;
  phoneNumberIds: readonly string[];
  appSecret: string;
  /** Secrets by business number, for those whose app is another one. */
  appSecrets?: Readonly<Record<string, string>>;
  /** Where status reports go; null or absent: nowhere. */
  webhookUrl?: () => string | null;
  /** `auto` when absent. */
  statuses?: StatusMode;
  statusDelaysMs?: StatusDelays;
  /** Waits before a status report that the webhook did not take is posted again. */
  redeliveryWaitsMs?: readonly number[];
  /** What Meta has approved; none when absent. */
  templates?: readonly RegisteredTemplate[];
  /** A free-form message outside the window is taken and reported as failed, or refused; `report` when absent. */
  closedWindow?: "report" | "refuse";
  /** Keep to one message to a person in 6 s, or 45 in a burst; off when absent. */
  pairRate?: boolean;
  /** Messages per second and business number, in and out together; any number when absent. */
  throughput?: number;
  /** Epoch milliseconds, for windows, pace, links and timestamps. */
  now?: () => number;
}
