/** Figures of the insight pages. Times are epoch milliseconds; durations are milliseconds. Paths are below `/api/console`. */

import type { SendDecision } from "../../lib/types/channel.ts";

/** Ranges that end now, by name. */
export type RangeName = "1h" | "24h" | "7d" | "28d" | "90d";

/**
 * The range and filters that every insight page keeps in its address, and asks the server with: `range`, or `from` and `to` as
 * ISO 8601 in UTC; `step`; `number=all` for all business numbers of the operator; labels by their names, e.g. `intent=complaint`.
 * 400 `range` for a range that cannot be read.
 */
export interface InsightRange {
  fromMs: number;
  toMs: number;
  step: "minute" | "hour" | "day";
}

/** A share with the counts behind it. A share of nothing is null, never 0. */
export interface Share {
  good: number;
  all: number;
  share: number | null;
}

/** Percentiles of durations; all null without events. */
export interface Percentiles {
  count: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Head of every answer: what was read, and through when the figures are complete. */
export interface InsightHead {
  range: InsightRange;
  freshMs: number;
  /** Events of the range; pages say so when they are few. */
  events: number;
}

/** Values that filters offer: those of the last 90 days. `GET /t/:tenant/insight/labels` */
export interface InsightLabels {
  intent: string[];
  model: string[];
  rung: string[];
  language: string[];
}

/** Promises that the page of targets keeps book of. */
export type ObjectiveName = "webhook" | "intent" | "reply" | "wait" | "availability" | "cost";

/** How an objective was met within some time. */
export interface ObjectiveMeasure {
  /** Events within the target; for the cost: messages. */
  share: Share;
  /** Null for objectives that are no durations. */
  percentiles: Percentiles | null;
  /** Model cost of 1,000 messages in US dollars; null where it is not the objective, or no price is known. */
  usd: number | null;
  /** Turns whose model has no known price: the cost is at least `usd`. */
  unpriced: number;
}

/** An objective and how it is met. */
export interface ObjectiveView {
  name: ObjectiveName;
  /** Milliseconds; US dollars for 1,000 messages; null for the availability. */
  limit: number | null;
  /** Share of events that must be within the limit, 0 to 1; null for the cost. */
  objective: number | null;
  /** False: the figure is not kept by a label that is filtered by, so it is for all. */
  filtered: boolean;
  /** What the cost is for: with filters by intent or model, turns. */
  per: "messages" | "turns";
  range: ObjectiveMeasure;
  /** The last 28 days. */
  month: ObjectiveMeasure;
  /** Share of the error budget (or of the money) of 28 days that is left: 1 all, below 0 overspent; null without events. */
  remaining: number | null;
}

/** `GET /t/:tenant/insight/targets` */
export interface TargetsView {
  head: InsightHead;
  /** Beginnings of the slots. */
  slots: number[];
  /** Least remaining budget first; `trend` by slot: p95, share or cost. */
  objectives: (ObjectiveView & { trend: (number | null)[] })[];
  /** Stages of a turn in their order. */
  stages: { name: string; percentiles: Percentiles }[];
  /** Customers' messages by slot. */
  received: number[];
}

/** A value of a label, or a business number, and how the objective was met there. */
export interface ObjectiveGroup {
  by: "intent" | "model" | "rung" | "number";
  rows: { name: string; measure: ObjectiveMeasure }[];
}

/** `GET /t/:tenant/insight/targets/:objective`; 404 for another name. */
export interface TargetView {
  head: InsightHead;
  objective: ObjectiveView;
  slots: number[];
  /** By slot. */
  series: ObjectiveMeasure[];
  groups: ObjectiveGroup[];
}

/** A turn behind a figure. */
export interface WorstTurn {
  turnId: string;
  /** Whose number it was; its page is `/:tenant/turns/:id`. */
  tenantId: string;
  atMs: number;
  /** Null for objectives that are no durations. */
  ms: number | null;
  intent: string | null;
  model: string | null;
  rung: string | null;
  /** The turn's state, e.g. `answered` or `dead`. */
  result: string;
  /** Null: no price is known. */
  costUsd: number | null;
}

/** `GET /t/:tenant/insight/targets/:objective/worst`, with `at` (epoch milliseconds) only of the slot that begins then. */
export interface WorstTurns {
  turns: WorstTurn[];
}

/** What is open at this moment; counts end at 1,000. Times are those of the one who has waited longest. */
export interface Queue {
  /** Customers for whom no person has come yet. */
  waiting: number;
  waitingSince: number | null;
  /** Customers whom the bot has not answered yet. */
  unread: number;
  unreadSince: number | null;
  /** Of these, those who have waited for over two minutes. */
  stranded: number;
  withPerson: number;
  dead: number;
}

/**
 * A code with how often it occurred. `decision` is what the bot does about it; `meaning` and `advice` are those of the one table of Meta's codes, in
 * English; all null without a code.
 */
export interface FailureCode {
  code: string;
  n: number;
  decision: SendDecision | null;
  meaning: string | null;
  advice: string | null;
}

/** Checks of a dependency. */
export interface DependencyHealth {
  name: string;
  /** Good: it answered. */
  checks: Share;
  percentiles: Percentiles;
  /** Share of good checks by slot; null without any. */
  series: (number | null)[];
}

/** `GET /t/:tenant/insight/service` */
export interface ServiceView {
  head: InsightHead;
  slots: number[];
  queue: Queue;
  /** What went other than planned, by name; known names always. */
  anomalies: { name: string; n: number; series: number[] }[];
  /** Messages to customers by their last state. */
  sent: { state: string; n: number }[];
  /** Meta's codes of failed messages, most frequent first. */
  failures: FailureCode[];
  /** Codes of failures on the way of turns. */
  errors: { code: string; n: number }[];
  health: DependencyHealth[];
}

/** Guesses of the local classifier, beside what the model said. */
export interface GuessCounts {
  /** Messages that were guessed at. */
  turns: number;
  /** Guesses sure enough to decide. */
  sure: number;
  /** Of these, those that the model sorted too, and those where it said the same. */
  compared: number;
  agreed: number;
}

/** `GET /t/:tenant/insight/guesses`: of the weights now in use, in the last `days` days whatever the range. */
export interface GuessesView {
  /** `INTENT_LOCAL`. */
  mode: "off" | "shadow" | "on";
  days: number;
  all: GuessCounts;
  /** Most messages first. */
  intents: ({ name: string } & GuessCounts)[];
  /** Whether sure guesses may decide: the least share of them that is right, and the comparisons still needed if all agree. */
  advice: { safe: boolean; low: number; missing: number };
}
