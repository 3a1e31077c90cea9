/** Ports of alerts: what is wrong, since when, and who was told. */
import type { AlertFacts, AlertRule, AlertSeverity, ListedAlert } from "../../contracts/console/alerts.ts";

/** Something that is wrong. */
export interface Finding {
  /** What it is about: one alert is open for it at a time. It begins with the rule. */
  name: string;
  rule: AlertRule;
  severity: AlertSeverity;
  /** Grows with how bad it is; told again when it grows. */
  stage: number;
  facts: AlertFacts;
  /** So long it must have been seen before it is told. */
  holdMs: number;
  /** So long it must be away before it is over. */
  keepMs: number;
  /** Since when, if not since now. */
  sinceMs: number | null;
  /** It was told already, on another way. */
  told: boolean;
}

/** Something to tell about an alert. */
export interface Telling extends Pick<Finding, "name" | "rule" | "severity" | "stage" | "facts"> {
  id: string;
  kind: "opened" | "worse" | "reminder" | "recovered";
  openedMs: number;
  recoveredMs: number | null;
}

/** What was looked for, and what was found. What could not be looked for is in neither, and stays as it is. */
export interface Look {
  found: Finding[];
  /** Beginnings of the names that were looked for. */
  checked: string[];
}

/** What of a company waits for somebody. */
export interface StandingTroubles {
  /** Up to 1,000. */
  dead: number;
  stranded: number;
  /** Of models, on this day and in this month of UTC. */
  usdToday: number;
  usdMonth: number;
  /** Meta's last word on the number's quality and on each template, where it is bad. */
  account: { field: string; event: string; severity: string; about: string }[];
}

/** A company that is watched. */
export interface WatchedCompany {
  tenantId: string;
  phoneNumberId: string;
  company: string;
}

/** Alerts in the database. Times are the caller's, in epoch milliseconds. */
export interface AlertStore {
  /** The companies of these business numbers, in their order. */
  tenants(phoneNumberIds: readonly string[]): Promise<WatchedCompany[]>;
  /** True for one process in each period. */
  claimRun(tenantId: string, run: { name: string; everyMs: number }, nowMs: number): Promise<boolean>;
  standing(tenantId: string, isFirst: boolean): Promise<StandingTroubles>;
  update(tenantId: string, look: Look, nowMs: number): Promise<void>;
  /** What has to be told; no other process gets it for a minute. */
  takeTellings(tenantId: string, nowMs: number): Promise<Telling[]>;
  endTelling(tenantId: string, told: { telling: Telling; delivered: boolean }, nowMs: number): Promise<void>;
}

/** Reader of a company's alerts. */
export interface AlertList {
  /** The open ones, those that ended in the last 28 days, and when the checks ran last; null: never. */
  list(
    tenantId: string,
    nowMs: number,
  ): Promise<{ open: ListedAlert[]; recovered: ListedAlert[]; ranMs: number | null }>;
}

/** Remembers across processes that the database is away: alerts are kept in it. Never throws. */
export interface AwayMarks {
  /** Notes that it is away; `tell` for one process once a day, when it has been so for `holdMs`. */
  away(nowMs: number, holdMs: number): Promise<"wait" | "tell" | "known">;
  /** Forgets it: since when it was away, and whether that was told; null when it was not. */
  back(): Promise<{ sinceMs: number; told: boolean } | null>;
}
