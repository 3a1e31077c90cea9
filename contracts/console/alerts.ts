/** Alerts of the insight pages. Times are epoch milliseconds. Paths are below `/api/console`. */

/** Rules by which alerts are raised; `lib/alerts/rules.ts` describes each. */
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
export type AlertSeverity = "page" | "ticket";

/** Figures and names behind an alert: nothing of a customer. */
export type AlertFacts = Readonly<Record<string, string | number>>;

/** An alert as it is listed. */
export interface ListedAlert {
  id: string;
  name: string;
  rule: AlertRule;
  severity: AlertSeverity;
  /** Grows with how bad it is. */
  stage: number;
  facts: AlertFacts;
  openedMs: number;
  seenMs: number;
  /** Null: nobody was told. */
  toldMs: number | null;
  recoveredMs: number | null;
}
