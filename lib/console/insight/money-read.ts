import { type PriceAt, pricesOf } from "../../insight/rates.ts";
import type { HelperCost } from "../../types/console/money.ts";
import type { Cell, Grain } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Figures } from "./read.ts";

/** Delivered messages that Meta reported a price category for. */
export interface Fee {
  atMs: number;
  /** Two letters; empty or `other` when it is not known. */
  country: string;
  category: string;
  n: number;
  /** False: free of charge. */
  billed: boolean;
  /** Beyond the first message of a reply of the bot. */
  further: boolean;
  /** By the price of that day; null: none is known. */
  usd: number | null;
}

/** What one business number spent, slot by slot. */
export interface Spent {
  company: string;
  /** In billionths of a dollar. */
  cost: Cell[];
  unpriced: Cell[];
  turns: Cell[];
  fees: Fee[];
  helpers: HelperCost[];
  priceAt: PriceAt;
}

/** When and how finely to read. */
export interface Span {
  fromMs: number;
  toMs: number;
  step: Grain;
}

type Deps = Pick<ConsoleDeps, "rates" | "helperCosts">;

/** Reads what each of the numbers spent in a span of time. */
export function spentIn(span: Span, figures: Figures, deps: Deps): Promise<Spent[]> {
  return Promise.all(figures.numbers.map((number) => spentBy(number, span, figures, deps)));
}

async function spentBy(
  { tenantId, company }: Figures["numbers"][number],
  span: Span,
  { read }: Figures,
  deps: Deps,
): Promise<Spent> {
  const own = { number: tenantId, range: span, step: span.step };
  const [cost, unpriced, turns, billed, helpers, rates] = await Promise.all([
    read({ ...own, metric: "cost_nano_usd", by: ["intent", "model"] }),
    read({ ...own, metric: "unpriced", by: ["intent"] }),
    read({ ...own, metric: "turns", by: ["intent"] }),
    read({ ...own, metric: "billed", by: ["category", "country", "billed", "type"] }),
    deps.helperCosts.read(tenantId, span),
    deps.rates.list(tenantId),
  ]);
  const priceAt = pricesOf(rates);
  return { company, cost, unpriced, turns, helpers, priceAt, fees: feesOf(billed, span, priceAt) };
}

function feesOf(cells: readonly Cell[], { fromMs }: Span, priceAt: PriceAt): Fee[] {
  return cells.map(({ atMs, labels, n }) => {
    const at = atMs ?? fromMs;
    const { country = "", category = "" } = labels;
    const billed = labels.billed !== "false";
    // Where Meta did not say whether it bills, no price is known.
    const price = labels.billed === "true" ? priceAt(country, category, at) : null;
    const usd = billed ? (price === null ? null : price.usd * n) : 0;
    return { atMs: at, country, category, n, billed, further: labels.type === "further", usd };
  });
}
