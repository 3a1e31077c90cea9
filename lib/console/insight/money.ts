import type { InsightRange } from "../../../contracts/console/insight.ts";
import type { MoneyView } from "../../../contracts/console/money.ts";
import { DAY_MS, STEP_MS, slotsOf } from "../../insight/range.ts";
import { groups, sumOf } from "../../insight/series.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { monthSpend } from "./money-month.ts";
import { type Spent, spentIn } from "./money-read.ts";
import {
  amount,
  dollarsOf,
  feeRows,
  feesAmount,
  helperSpend,
  modelsAmount,
  spendBy,
  spentAmount,
  sumOfAmounts,
  total,
  type Used,
} from "./money-sums.ts";
import { type Figures, figuresFor } from "./read.ts";

/** A silent conversation ends a day after its last message, and is counted by then. */
const COUNTED_AFTER_MS = DAY_MS + 60 * 60_000;

/** What models and Meta charge, for what, and what the month may come to. */
export async function moneyOf(call: TenantCall<ConsoleDeps>): Promise<MoneyView> {
  const figures = figuresFor({ ...call, query: withoutFilters(call.query) });
  const { range, read } = figures;
  const nowMs = call.deps.clock.now();
  const freshMs = await call.deps.metrics.freshMs();
  const [spent, used, unwanted, parts, conversations, month] = await Promise.all([
    spentIn(range, figures, call.deps),
    usedIn(figures),
    read({ metric: "tokens_discarded" }),
    read({ metric: "parts", by: ["type"] }),
    conversationsOf(figures, nowMs),
    monthSpend(figures, call.deps, freshMs === 0 ? nowMs : Math.min(nowMs, freshMs)),
  ]);
  const all = merged(spent);
  return {
    head: await figures.head(sumOf(all.turns) + total(all.fees, ({ n }) => n)),
    slots: slotsOf(range),
    total: sumOfAmounts(spent.map(spentAmount)),
    models: modelsAmount(all),
    discarded: { usd: dollarsOf(used.discarded), tokens: sumOf(unwanted) },
    fees: feesAmount(all.fees),
    suggestions: helperSpend(all.helpers, "suggestion"),
    trials: helperSpend(all.helpers, "trial"),
    series: seriesOf(all, range),
    byModel: spendBy("model", all, used),
    byIntent: spendBy("intent", all, used),
    byNumber: spent.length > 1 ? spent.map(numberOf) : [],
    feeRows: feeRows(spent, Math.min(nowMs, range.toMs - 1)),
    conversations: conversations && {
      ...conversations,
      spent: spentAmount(before(all, conversations.throughMs)),
    },
    month,
    splitting: splittingOf(parts, all),
  };
}

/** What models were asked, by intent and model. */
async function usedIn({ read }: Figures): Promise<Used> {
  const by: ["intent", "model"] = ["intent", "model"];
  const [modelTurns, tokensIn, tokensCached, tokensOut, discarded] = await Promise.all([
    read({ metric: "model_turns", by: ["model", "result"] }),
    read({ metric: "tokens_in", by }),
    read({ metric: "tokens_cached", by }),
    read({ metric: "tokens_out", by }),
    read({ metric: "discarded_nano_usd", by }),
  ]);
  return { modelTurns, tokensIn, tokensCached, tokensOut, discarded };
}

/** Money is shown for all intents and models: messages know neither, and sums of some of it would mislead. */
function withoutFilters(query: URLSearchParams): URLSearchParams {
  const kept = ["range", "from", "to", "step", "number"];
  return new URLSearchParams([...query].filter(([name]) => kept.includes(name)));
}

function merged(spent: readonly Spent[]): Spent {
  return {
    company: "",
    cost: spent.flatMap(({ cost }) => cost),
    unpriced: spent.flatMap(({ unpriced }) => unpriced),
    turns: spent.flatMap(({ turns }) => turns),
    fees: spent.flatMap(({ fees }) => fees),
    helpers: spent.flatMap(({ helpers }) => helpers),
    priceAt: () => null,
  };
}

const numberOf = (spent: Spent): MoneyView["byNumber"][number] => {
  const { free: _, ...fees } = feesAmount(spent.fees);
  return { name: spent.company, models: modelsAmount(spent), fees };
};

function seriesOf({ cost, fees, helpers }: Spent, range: InsightRange): MoneyView["series"] {
  const slots = slotsOf(range);
  const [costs, charged] = [groups(cost, ({ atMs }) => atMs), groups(fees, ({ atMs }) => atMs)];
  const helped = groups(helpers, ({ at }) => at);
  return {
    models: slots.map((at) => dollarsOf(costs.get(at) ?? [])),
    fees: slots.map((at) => total(charged.get(at) ?? [], ({ usd }) => usd ?? 0)),
    helpers: slots.map((at) => total(helped.get(at) ?? [], ({ usd }) => usd)),
  };
}

/** Conversations that ended in the whole slots of which all are counted. */
async function conversationsOf(
  { range: { fromMs, toMs, step }, read }: Figures,
  nowMs: number,
): Promise<{ throughMs: number; all: number; resolved: number } | null> {
  const width = STEP_MS[step];
  const throughMs = Math.min(toMs, Math.floor((nowMs - COUNTED_AFTER_MS) / width) * width);
  if (throughMs <= fromMs) return null;
  const cells = await read({ metric: "conversations", by: ["result"], range: { fromMs, toMs: throughMs } });
  const resolved = cells.filter(({ labels }) => labels.result === "resolved");
  return { throughMs, all: sumOf(cells), resolved: sumOf(resolved) };
}

/** What was spent before a time. */
function before({ cost, turns, unpriced, fees, helpers }: Spent, toMs: number) {
  const isBefore = ({ atMs }: { atMs: number | null }) => (atMs ?? 0) < toMs;
  return {
    ...{ cost: cost.filter(isBefore), turns: turns.filter(isBefore), unpriced: unpriced.filter(isBefore) },
    ...{ fees: fees.filter(isBefore), helpers: helpers.filter(({ at }) => at < toMs) },
  };
}

/** The first part of a reply is the reply: what comes behind it is the price of splitting. */
function splittingOf(
  parts: readonly { labels: { type?: string }; n: number }[],
  { fees }: Spent,
): MoneyView["splitting"] {
  const count = sumOf(parts);
  const further = sumOf(parts.filter(({ labels }) => labels.type === "further"));
  const { free: _, ...charged } = feesAmount(fees.filter((fee) => fee.further));
  return {
    replies: count - further,
    parts: count,
    further: amount(charged.usd ?? 0, charged.n, charged.unpriced),
  };
}
