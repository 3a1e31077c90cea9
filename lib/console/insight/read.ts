import type { InsightHead } from "../../../contracts/console/insight.ts";
import { METRICS } from "../../insight/catalogue.ts";
import type { Cell, Grain, LabelName, MetricName, Metrics, Selection } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { type InsightQuery, insightQueryIn } from "./query.ts";

/** Most business numbers that are read together. */
const MOST_NUMBERS = 25;

/** A metric to read within the range and filters of a page. */
export interface Reading {
  metric: MetricName;
  /** Labels that stay apart. */
  by?: readonly LabelName[];
  /** Absent: one sum over the whole range. */
  step?: Grain | null;
  where?: Partial<Record<LabelName, string>>;
  /** Another range than the page's. */
  range?: { fromMs: number; toMs: number };
  /** Only this business number, one of `Figures.numbers`. */
  number?: string;
}

/** Reader of figures for one request: its range and filters, and the numbers that the session may see. */
export interface Figures extends InsightQuery {
  /** Business numbers that are read, with the company's name. */
  numbers: { tenantId: string; company: string }[];
  /** Cells of a metric. Filters by labels that the metric does not have are left out. */
  read(reading: Reading): Promise<Cell[]>;
  head(events: number): Promise<InsightHead>;
}

/** Figures for a request. Throws Refusal (400 `range`). */
export function figuresFor(call: TenantCall<ConsoleDeps>): Figures {
  const query = insightQueryIn(call.query, call.deps.clock.now());
  const { metrics } = call.deps;
  const ask = joined(metrics);
  const numbers = call.who.memberships
    .filter(({ tenantId }) => query.allNumbers || tenantId === call.tenantId)
    .slice(0, MOST_NUMBERS);
  return {
    ...query,
    numbers,
    read: (reading) => readAll(ask, numbers, query, reading),
    head: async (events) => ({ range: query.range, freshMs: await metrics.freshMs(), events }),
  };
}

async function readAll(
  ask: Ask,
  numbers: Figures["numbers"],
  query: InsightQuery,
  { metric, by = [], step = null, where = {}, range = query.range, number }: Reading,
): Promise<Cell[]> {
  const selection = {
    ...{ metric, by, step, fromMs: range.fromMs, toMs: range.toMs },
    where: { ...applicable(metric, query.where), ...where },
  };
  const asked = numbers.filter(({ tenantId }) => number === undefined || tenantId === number);
  return ask({ ...selection, tenantId: asked.map(({ tenantId }) => tenantId) });
}

type Ask = (selection: Selection) => Promise<Cell[]>;

/** Joins what is asked at one moment into one statement: each would be a round trip. What is asked twice is read once. */
function joined(metrics: Pick<Metrics, "readEach">): Ask {
  let open: { places: Map<string, number>; asked: Selection[]; answers: Promise<Cell[][]> } | null = null;
  const begin = () => {
    const asked: Selection[] = [];
    const answers = Promise.resolve().then(() => {
      open = null;
      return metrics.readEach(asked);
    });
    return { places: new Map<string, number>(), asked, answers };
  };
  return async (selection) => {
    open ??= begin();
    const { places, asked, answers } = open;
    const key = JSON.stringify(selection);
    const place = places.get(key) ?? asked.push(selection) - 1;
    places.set(key, place);
    return (await answers)[place] ?? [];
  };
}

/** True when a metric can be filtered by all labels of a page. */
export const isFiltered = (metric: MetricName, where: InsightQuery["where"]): boolean =>
  Object.keys(applicable(metric, where)).length === Object.keys(where).length;

function applicable(metric: MetricName, where: InsightQuery["where"]): Partial<Record<LabelName, string>> {
  const labels: readonly string[] = METRICS[metric].labels;
  return Object.fromEntries(Object.entries(where).filter(([name]) => labels.includes(name)));
}
