/** Ports of what leaves for others: totals (Prometheus, an OTLP collector) and events. */
import type { Queue } from "../../contracts/console/insight.ts";
import type { LabelName, MetricName } from "./metrics.ts";

/** Labels of totals: a company's versions become more without end. */
type TotalLabel = Exclude<LabelName, "version">;

/** One total to add up, of each company and each value of its labels. */
export interface AskedTotal {
  name: string;
  metric: MetricName;
  by: readonly TotalLabel[];
  /** Of these labels only what is before the first colon is kept. */
  heads: readonly TotalLabel[];
  /** Any other value of such a label is `other`, so that nobody outside can make series. */
  known: Partial<Record<TotalLabel, readonly string[]>>;
  /** Only counters with one of these values. */
  where: Partial<Record<TotalLabel, readonly string[]>>;
  /** Last logarithmic bucket of each class of durations; null for counts. */
  edges: readonly number[] | null;
}

/** Sum of one series since the beginning. */
export interface Total {
  name: string;
  tenantId: string;
  labels: Partial<Record<TotalLabel, string>>;
  /** How many are in each class of durations, the last one without an end; one number for counts. */
  counts: number[];
  /** Sum of the durations in seconds; 0 for counts. */
  sumS: number;
}

/** All totals at one moment of the database's clock. */
export interface Totals {
  /** When they were read. */
  atMs: number;
  /** The day with the first of them began then. */
  sinceMs: number;
  /** The time through which they are complete; null before the first roll-up. */
  freshMs: number | null;
  totals: Total[];
  /** What is open at that moment, by company. */
  queues: [tenantId: string, queue: Queue][];
}

/** Reader of totals, in one statement. */
export interface TotalsReader {
  totals(asked: readonly AskedTotal[]): Promise<Totals>;
}

/** Sends one event for somebody else to count; flat values, no ids, no texts. Never throws. */
export type Track = (name: string, values: Readonly<Record<string, string | number>>) => void;
