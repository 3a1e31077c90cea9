/** Ports of alerts: what is wrong, since when, and who was told. */

/** Rules by which alerts are raised; `lib/insight/alerts/rules.ts` describes each. */
export type AlertRule =
  | "burn"
  | "behind"
  | "dead"
  | "stranded"
  | "token"
  | "subscription"
  | "account"
  | "model_end"
  | "spend"
  | "dependency";

/** `page`: somebody must look now. `ticket`: within days. */
export type Severity = "page" | "ticket";

/** Figures and names behind an alert: nothing of a customer. */
export type Facts = Readonly<Record<string, string | number>>;

/** Something that is wrong. */
export interface Finding {
  /** What it is about: one alert is open for it at a time. It begins with the rule. */
  name: string;
  rule: AlertRule;
  severity: Severity;
  /** Grows with how bad it is; told again when it grows. */
  stage: number;
  facts: Facts;
  /** So long it must be away before it is over. */
  keepMs: number;
  /** When it was told already, on another way; null: it was not. */
  toldMs: number | null;
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
  /** Meta's last word on the number's quality and on each template, where it is bad. */
  account: { field: string; event: string; severity: string; about: string; atMs: number }[];
}

/** Alerts in the database. Times are the caller's, in epoch milliseconds. */
export interface AlertStore {
  /** Ids of the companies of these business numbers, in their order. */
  tenants(phoneNumberIds: readonly string[]): Promise<string[]>;
  /** True for one process in each period. */
  claimRun(tenantId: string, run: { name: string; everyMs: number }, nowMs: number): Promise<boolean>;
  standing(tenantId: string, isFirst: boolean): Promise<StandingTroubles>;
  judge(tenantId: string, look: Look, nowMs: number): Promise<void>;
  /** What has to be told; no other process gets it for a minute. */
  takeTellings(tenantId: string, nowMs: number): Promise<Telling[]>;
  endTelling(tenantId: string, told: { telling: Telling; delivered: boolean }, nowMs: number): Promise<void>;
}

/** An alert as it is listed. */
export interface ListedAlert extends Pick<Finding, "name" | "rule" | "severity" | "stage" | "facts"> {
  id: string;
  openedMs: number;
  seenMs: number;
  /** Null: nobody was told yet. */
  toldMs: number | null;
  recoveredMs: number | null;
}

/** Reader of a company's alerts. */
export interface AlertList {
  list(
    tenantId: string,
    nowMs: number,
  ): Promise<{ open: ListedAlert[]; recovered: ListedAlert[]; ranMs: number | null }>;
}

/** Remembers across processes what was told while the database was away. Never throws. */
export interface AlertMarks {
  /** The time that is remembered under a name: this one if there was none. Null when it cannot be remembered. */
  keep(name: string, atMs: number): Promise<number | null>;
  read(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  forget(name: string): Promise<void>;
}
