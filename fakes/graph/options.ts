import type { RegisteredTemplate } from "./rules/templates.ts";
import type { StatusDelays, StatusMode } from "./statuses.ts";

/** The account of a stand-in that is given no other. */
export const ACCOUNT_ID = "102290129340398";

/** Settings of a Graph API stand-in. */
export interface GraphOptions {
  port?: number;
  accessToken: string;
  /** Tokens of business numbers that have one of their own. */
  accessTokens?: Readonly<Record<string, string>>;
  phoneNumberIds: readonly string[];
  appSecret: string;
  /** Secrets of business numbers that belong to another app. */
  appSecrets?: Readonly<Record<string, string>>;
  /** Destination of status reports; null or absent: none are sent. */
  webhookUrl?: () => string | null;
  /** `auto` when absent. */
  statuses?: StatusMode;
  statusDelaysMs?: StatusDelays;
  /** Waits before each new delivery of a status report that the webhook did not answer with 200. */
  redeliveryWaitsMs?: readonly number[];
  /** Id of the WhatsApp Business account; `ACCOUNT_ID` when absent. */
  accountId?: string;
  /** The account's templates; none when absent. */
  templates?: readonly RegisteredTemplate[];
  /** Free-form messages outside the window are accepted and reported as failed, or refused; `report` when absent. */
  closedWindow?: "report" | "refuse";
  /** Enforces the pair rate: one message to a customer in 6 s, or 45 in a burst; off when absent. */
  pairRate?: boolean;
  /** Messages per second and business number, inbound and outbound together; unlimited when absent. */
  throughput?: number;
  /** Epoch milliseconds, for windows, rate limits, links and timestamps. */
  now?: () => number;
}
