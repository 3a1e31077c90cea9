import { oneLine } from "../../host/machine/terminal.ts";
import { METRICS } from "../../lib/insight/catalogue.ts";
import { distribution } from "../../lib/insight/histogram.ts";
import type { Cell, LabelName, MetricName, Metrics } from "../../lib/types/metrics.ts";

const DAY_MS = 86_400_000;

type Reader = Pick<Metrics, "read" | "freshMs">;

/** One line of figures. */
interface Line {
  metric: MetricName;
  labels: Cell["labels"];
  count: number;
  /** Of durations, in milliseconds. */
  p50?: number | null;
  p95?: number | null;
  p99?: number | null;
}

/** True for the name of a metric. */
export const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

/** All figures of the last days, or one of them by its labels. */
export async function answer(
  metrics: Reader,
  name: string | null,
  days: number,
): Promise<{ data: Line[]; words: string }> {
  const names = name !== null && isMetric(name) ? [name] : Object.keys(METRICS).filter(isMetric);
  const apart = name !== null;
  const lines = (await Promise.all(names.map((metric) => linesOf(metrics, metric, { days, apart })))).flat();
  const freshMs = await metrics.freshMs();
  const until =
    freshMs === 0 ? "nothing has been counted yet" : `complete through ${new Date(freshMs).toISOString()}`;
  return { data: lines, words: [`Last ${days} days, ${until}`, ...lines.map(wordsOf)].join("\n") };
}

async function linesOf(
  metrics: Reader,
  metric: MetricName,
  { days, apart }: { days: number; apart: boolean },
): Promise<Line[]> {
  const { kind, labels } = METRICS[metric];
  const toMs = Date.now();
  const range = { fromMs: toMs - days * DAY_MS, toMs, step: null };
  const cells = await metrics.read({ tenantId: null, metric, ...range, by: apart ? labels : [], where: {} });
  const series = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.labels);
    series.set(key, [...(series.get(key) ?? []), cell]);
  }
  const lines = [...series.values()].map((some) => {
    const { count, quantile } = distribution(some);
    const line: Line = { metric, labels: inOrder(some[0]?.labels ?? {}, labels), count };
    return kind === "duration"
      ? { ...line, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) }
      : line;
  });
  return lines.sort((a, b) => b.count - a.count);
}

/** Labels as the catalogue lists them. */
const inOrder = (labels: Cell["labels"], names: readonly LabelName[]): Cell["labels"] =>
  Object.fromEntries(names.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));

const WIDTH = 76;
const NANO = 1e9;

function wordsOf({ metric, labels, count, ...percentiles }: Line): string {
  const shown = Object.entries(labels).map(([name, value]) => `${name}=${oneLine(value ?? "")}`);
  const times = Object.entries(percentiles).map(([name, ms]) => `${name} ${timeOf(ms)}`);
  const n =
    metric === "cost_nano_usd" ? `$${(count / NANO).toFixed(4)}` : Math.round(count).toLocaleString("en");
  return `${[metric, ...shown].join(" ").padEnd(WIDTH)} ${n.padStart(14)}  ${times.join("  ")}`.trimEnd();
}

/** A duration that one reads at a glance; resolutions last for days. */
function timeOf(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  if (ms < 10_000) return `${Math.round(ms)} ms`;
  if (ms < 600_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 36_000_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
