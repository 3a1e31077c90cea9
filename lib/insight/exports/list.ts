import type { AskedTotal, Total } from "../../types/exports.ts";
import type { MetricName } from "../../types/metrics.ts";
import { META_CODES } from "../../whatsapp/errors.ts";
import { METRICS } from "../catalogue.ts";
import { bucketOf } from "../histogram.ts";

/** One metric as others see it. */
export interface ExportedMetric {
  /** As in Prometheus: `chasqui_…`, with its unit, `_total` for counters. */
  name: string;
  help: string;
  /** A gauge may fall: what it counts changes its labels later. */
  type: "counter" | "gauge" | "histogram";
  /** Upper bounds of the classes in seconds, ascending; null: no histogram. */
  edgesS: readonly number[] | null;
  /** Divides what is counted, for sums in other units. */
  divisor: number;
  /** Series that are there from the beginning, at 0: the first event of a series that appears with it is none to Prometheus. */
  always: readonly Total["labels"][];
  asked: AskedTotal;
}

/** Seconds; the targets 0.1, 0.5, 2 and 3 are among them. */
const SHORT_S = [
  ...[0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4],
  ...[5, 7.5, 10, 15, 30, 60],
];
/** Seconds, up to a week. */
const LONG_S = [10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200, 604_800];

interface Row {
  metric: MetricName;
  /** Absent: the metric's own name, with its unit. */
  name?: string;
  help?: string;
  by?: AskedTotal["by"];
  heads?: AskedTotal["heads"];
  known?: AskedTotal["known"];
  where?: AskedTotal["where"];
  edgesS?: readonly number[];
  divisor?: number;
  isGauge?: true;
  always?: ExportedMetric["always"];
}

/** Counters of anomalies, as docs/operations.md lists them. */
const ANOMALIES = [
  ...["ambiguous", "confirmed_by_status_report", "cut", "dead", "redelivered", "resent", "resumed"],
  "withheld",
];

/**
 * ★ What is exported, and by which labels: few enough for thousands of series, not millions. Counters never fall: one that falls is a
 * restart to Prometheus, which adds the whole of it once more. So states that a message leaves again are a gauge, or not among them.
 */
const rows = (tools: readonly string[]): readonly Row[] => [
  { metric: "webhook" },
  { metric: "intent", by: ["model"] },
  { metric: "reply", by: ["model"] },
  { metric: "wait", by: ["intent"] },
  { metric: "stage", by: ["stage"] },
  { metric: "tool", by: ["tool", "result"], known: { tool: tools } },
  { metric: "first_response", edgesS: LONG_S },
  { metric: "resolution", by: ["served_by"], edgesS: LONG_S },
  { metric: "health", by: ["name", "result"] },
  { metric: "turns", by: ["intent", "rung"] },
  { metric: "received", always: [{}] },
  {
    metric: "answered",
    by: ["result"],
    where: { result: ["bot", "person"] },
    always: [{ result: "bot" }, { result: "person" }],
    help: "of these, those that were answered, by whom: bot or person",
  },
  {
    ...{ metric: "answered", name: "messages", isGauge: true, by: ["result"] },
    always: ["bot", "person", "dead", "none", "waiting", "quiet"].map((result) => ({ result })),
    help: "customers' messages since the beginning, by their fate until now, which can change",
  },
  { metric: "tokens_in", by: ["model"] },
  { metric: "tokens_out", by: ["model"] },
  { metric: "tokens_cached", by: ["model"] },
  { metric: "tokens_discarded", by: ["model"] },
  {
    ...{ metric: "discarded_nano_usd", name: "discarded_usd", by: ["model"], divisor: 1e9 },
    help: "of the model cost in US dollars, what answers cost that were begun early and not wanted",
  },
  {
    ...{ metric: "cost_nano_usd", name: "cost_usd", by: ["model"], divisor: 1e9 },
    help: "model cost in US dollars by the model that was called, where the price is known",
  },
  { metric: "unpriced", by: ["model"] },
  { metric: "model_turns", by: ["model", "result"] },
  {
    ...{ metric: "errors", by: ["code"], heads: ["code"] },
    help: "failures on the way of turns, by the place before the colon of their code",
  },
  {
    ...{ metric: "sent", by: ["author"], always: [{ author: "bot" }] },
    help: "messages to customers, whatever became of them",
  },
  {
    ...{ metric: "sent", name: "sent_delivered", by: ["author"] },
    where: { result: ["delivered", "read", "played"] },
    help: "of these, those that were delivered",
  },
  {
    ...{ metric: "sent", name: "sent_failed", by: ["code"] },
    ...{ where: { result: ["failed"] }, known: { code: META_CODES.map(String) } },
    help: "of these, those that failed, by Meta's code",
  },
  {
    ...{ metric: "billed", by: ["category", "billed"] },
    known: {
      category: ["authentication", "authentication_international", "marketing", "service", "utility"],
    },
  },
  { metric: "parts", by: ["intent"] },
  { metric: "conversations", by: ["served_by"], help: "conversations that ended, by who served" },
  { metric: "people", by: ["type"] },
  { metric: "handoffs", always: [{}] },
  { metric: "csat", by: ["served_by", "score"] },
  { metric: "anomalies", by: ["name"], always: ANOMALIES.map((name) => ({ name })) },
];

/** The exported metrics; `tools` are the names that tools have. */
export const exportedMetrics = (tools: readonly string[]): readonly ExportedMetric[] =>
  rows(tools).map((row) => exported(row));

/** The ends of names, as Prometheus wants them. */
const UNITS = { histogram: "_seconds", counter: "_total", gauge: "" } as const;

function exported(row: Row): ExportedMetric {
  const { metric, divisor = 1, always = [], by = [], heads = [], known = {}, where = {} } = row;
  const { kind, help } = METRICS[metric];
  const edgesS = kind === "duration" ? (row.edgesS ?? SHORT_S) : null;
  const type = edgesS ? "histogram" : row.isGauge ? "gauge" : "counter";
  const name = `chasqui_${row.name ?? metric}${UNITS[type]}`;
  const edges = edgesS?.map((seconds) => bucketOf(seconds * 1_000)) ?? null;
  const asked = { name, metric, by, heads, known, where, edges };
  return { name, help: row.help ?? help, type, edgesS, divisor, always, asked };
}

/** What is open at the moment, of each company. */
export const QUEUE_GAUGES = [
  ["waiting", "chasqui_waiting", "customers for whom no person has come yet, at most 1000"],
  ["unread", "chasqui_unread", "customers whom the bot has not answered yet, at most 1000"],
  ["stranded", "chasqui_stranded", "of these, those who have waited for over two minutes"],
  ["withPerson", "chasqui_with_person", "conversations that a person has, at most 1000"],
  ["dead", "chasqui_dead_letters", "dead letters that nobody has replayed or dropped, at most 1000"],
] as const;

export const FRESH_GAUGE = {
  name: "chasqui_figures_fresh_seconds",
  help: "how far the figures are behind the clock",
} as const;
