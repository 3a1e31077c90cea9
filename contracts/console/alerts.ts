/** Alerts of the insight pages. Times are epoch milliseconds. Paths are below `/api/console`. */

import type { InsightHead, ObjectiveName, Share } from "./insight.ts";

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
  | "drift"
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

/** An alert of the page, with where to read what to do; null: this deployment does not know where its runbook is read. */
export interface ShownAlert extends ListedAlert {
  runbookUrl: string | null;
}

/** How fast an error budget is spent: 1 empties it in exactly 28 days. */
export interface BurnRate {
  window: "5m" | "30m" | "1h" | "2h" | "6h" | "1d" | "4d";
  /** Of the cost: messages, and dollars in place of those that missed. */
  share: Share;
  /** Null without events. */
  burn: number | null;
}

/** An objective with its error budget. */
export interface ObjectiveBurn {
  name: ObjectiveName;
  /** Share of events that must be good. */
  objective: number;
  /** Shortest window first. */
  rates: BurnRate[];
  /** Share of the budget of 28 days that is left; below 0 overspent; null without events. */
  remaining: number | null;
}

/** When a burn rate is an alert: above the factor in both windows. */
export interface BurnRuleView {
  factor: number;
  long: BurnRate["window"];
  short: BurnRate["window"];
  severity: AlertSeverity;
}

/** `GET /t/:tenant/insight/alerts`. Deployment-wide alerts are those of the first business number. */
export interface AlertsView {
  head: InsightHead;
  /** When the checks ran last; null: never. */
  ranMs: number | null;
  /** Gravest first. */
  open: ShownAlert[];
  /** Those that ended in the last 28 days, newest first. */
  recovered: ShownAlert[];
  /** Fastest first. */
  objectives: ObjectiveBurn[];
  rules: BurnRuleView[];
  /** Fewer events, or misses, in the long window are no alert. */
  leastEvents: number;
  leastMisses: number;
  /** Of the cost, less money in the long window is none. */
  leastUsd: number;
}
