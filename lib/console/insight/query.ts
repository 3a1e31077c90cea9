import { z } from "zod";
import type { InsightRange, RangeName } from "../../../contracts/console/insight.ts";
import { MOST_MS, RANGES, stepFor, wholeSlots } from "../../insight/range.ts";
import type { LabelName } from "../../types/metrics.ts";
import { Refusal } from "../http/route.ts";

/** Labels that pages filter by. */
const FILTERS = ["intent", "model", "rung", "language", "version"] as const satisfies LabelName[];
type FilterName = (typeof FILTERS)[number];

const MAX_LABEL = 120;
const DEFAULT_RANGE = "7d";

/** What a page asks for. */
export interface InsightQuery {
  /** Whole slots. */
  range: InsightRange;
  where: Partial<Record<FilterName, string>>;
  /** True: all business numbers of the operator. */
  allNumbers: boolean;
}

const label = z.string().min(1).max(MAX_LABEL);
const moment = z
  .union([z.iso.datetime({ precision: -1 }), z.iso.datetime()], {
    error: "must be a time in UTC such as 2026-11-01T00:00Z",
  })
  .transform((text) => Date.parse(text));

const schema = z.object({
  range: z.enum(Object.keys(RANGES) as RangeName[]).optional(),
  from: moment.optional(),
  to: moment.optional(),
  step: z.enum(["minute", "hour", "day"]).optional(),
  number: z.enum(["own", "all"]).default("own"),
  ...(Object.fromEntries(FILTERS.map((name) => [name, label.optional()])) as Record<
    FilterName,
    z.ZodOptional<typeof label>
  >),
});

/** Range and filters of an address; without a range the last seven days. Throws Refusal (400 `range`) that says what to change. */
export function insightQueryIn(query: URLSearchParams, nowMs: number): InsightQuery {
  const given = Object.fromEntries([...query].filter(([, value]) => value !== ""));
  const read = schema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw refusal(`${issue?.path.join(".") ?? "query"}: ${issue?.message ?? "not valid"}`);
  }
  const { number, step, range, from, to, ...labels } = read.data;
  const where = Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== undefined));
  return { range: rangeOf({ step, range, from, to }, nowMs), where, allNumbers: number === "all" };
}

type Given = Pick<z.output<typeof schema>, "step" | "range" | "from" | "to">;

function rangeOf({ step: wanted, range: name, from, to }: Given, nowMs: number): InsightRange {
  if (from !== undefined && name !== undefined) throw refusal("range: give either range, or from and to");
  if (from === undefined && to !== undefined) throw refusal("from: is missing");
  const lengthMs = RANGES[name ?? DEFAULT_RANGE];
  const toMs = Math.min(to ?? nowMs, nowMs);
  const fromMs = from ?? toMs - lengthMs;
  if (fromMs >= toMs) throw refusal("from: must lie before to, and in the past");
  const step = wanted ?? stepFor(toMs - fromMs);
  if (toMs - fromMs > MOST_MS[step]) throw refusal(`step: ${step} is too fine for so long a range`);
  return wholeSlots({ fromMs, toMs, step });
}

const refusal = (message: string): Refusal => new Refusal(400, "range", message);
