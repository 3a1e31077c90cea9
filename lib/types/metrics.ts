/** Port of the counters behind the pages, alerts and exports of figures. */
/** Names of the metrics; `lib/insight/catalogue.ts` describes each. */
export type MetricName =
  | "webhook"
  | "intent"
  | "reply"
  | "wait"
  | "stage"
  | "tool"
  | "turns"
  | "received"
  | "answered"
  | "tokens_in"
  | "tokens_out"
  | "tokens_cached"
  | "tokens_discarded"
  | "discarded_nano_usd"
  | "cost_nano_usd"
  | "unpriced"
  | "model_turns"
  | "errors"
  | "sent"
  | "billed"
  | "parts"
  | "conversations"
  | "containment"
  | "people"
  | "handoffs"
  | "first_response"
  | "resolution"
  | "csat"
  | "anomalies"
  | "health";

/** Labels of counters. */
export type LabelName =
  | "intent"
  | "model"
  | "rung"
  | "stage"
  | "language"
  | "decided_by"
  | "result"
  | "code"
  | "reason"
  | "served_by"
  | "handoff"
  | "again"
  | "score"
  | "author"
  | "category"
  | "billed"
  | "country"
  | "tool"
  | "name"
  | "version"
  | "type";

/** Widths of the counters' time slots. */
export type Grain = "minute" | "hour" | "day";

/** What to read of one metric. Times are epoch milliseconds, UTC; the end is exclusive. */
export interface Selection {
  /** One business number or several; null: all. */
  tenantId: string | readonly string[] | null;
  metric: MetricName;
  fromMs: number;
  toMs: number;
  /** Width of the slots of the answer; null: the whole range as one. */
  step: Grain | null;
  /** Labels that stay apart; the others are added up. */
  by: readonly LabelName[];
  /** Only counters with these values. */
  where: Partial<Record<LabelName, string>>;
}

/** One sum of counters. */
export interface Cell {
  /** Beginning of the slot; null when the whole range is one. */
  atMs: number | null;
  labels: Partial<Record<LabelName, string>>;
  /** Logarithmic bucket of a duration (`lib/insight/histogram.ts`); 0 for counts. */
  bucket: number;
  n: number;
}

/** A turn behind a figure. */
export interface TurnPoint {
  turnId: string;
  tenantId: string;
  conversationId: string;
  /** When it began. */
  atMs: number;
  /** The duration that was asked for; null for counts. */
  ms: number | null;
  intent: string | null;
  model: string | null;
  rung: string | null;
  /** The turn's state. */
  result: string;
  /** Null: no price is known. */
  costUsd: number | null;
}

/** Reader of the counters. */
export interface Metrics {
  /** Cells in the order of their slots. Durations of up to 400 days answer from whole days where the range allows. */
  read(selection: Selection): Promise<Cell[]>;
  /** The same of several selections, in their order, in one statement. */
  readEach(selections: readonly Selection[]): Promise<Cell[][]>;
  /**
   * The turns behind a figure, while they are kept: the slowest of `webhook`, `intent`, `reply`, `wait` and `stage`, the dearest of
   * `cost_nano_usd`, the latest of `turns` and `errors`. `where` takes the labels of the metric.
   */
  worstTurns(
    selection: Pick<Selection, "metric" | "fromMs" | "toMs" | "where"> & { tenantId: string | null },
    limit: number,
  ): Promise<TurnPoint[]>;
  /** The time through which counters are complete; 0 before the first roll-up. */
  freshMs(): Promise<number>;
  /** Adds events of now that leave no row behind, such as checks of dependencies, in one statement; `ms`: a duration, null for none. */
  record(
    events: readonly {
      tenantId: string;
      metric: MetricName;
      labels: Partial<Record<LabelName, string>>;
      ms: number | null;
    }[],
  ): Promise<void>;
}

/** Fills the counters from turns, messages and what else there is, behind the road. */
export interface RollUp {
  /**
   * Counts the next slice of minutes, of about so many turns. `done`: nothing is due; `busy`: another process is at it.
   * `nowMs` stands for the database's clock.
   */
  step(rows: number, nowMs?: number | null): Promise<"more" | "done" | "busy">;
  /** Has the steps count everything once more of which rows are there, as far back as they are kept. */
  rebuild(days: number): Promise<void>;
}
