import type { Amount, FeeRow, ModelSpend } from "../../../contracts/console/money.ts";
import { byLabel, sumOf } from "../../insight/series.ts";
import type { HelperCost } from "../../types/console/money.ts";
import type { Cell } from "../../types/metrics.ts";
import { isUnpriced } from "./measure.ts";
import type { Fee, Spent } from "./money-read.ts";

const NANO = 1e9;

/** An amount. Nothing spent because no price is known is not free of charge. */
export const amount = (usd: number, n: number, unpriced: number): Amount => ({
  usd: usd > 0 || unpriced === 0 ? usd : null,
  n,
  unpriced,
});

/** Several amounts as one. */
export const sumOfAmounts = (amounts: readonly Amount[]): Amount =>
  amount(
    total(amounts, ({ usd }) => usd ?? 0),
    total(amounts, ({ n }) => n),
    total(amounts, ({ unpriced }) => unpriced),
  );

/** Dollars of cells of model cost. */
export const dollarsOf = (cells: Iterable<Cell>): number => sumOf(cells) / NANO;

/** What the bot's turns cost. */
export const modelsAmount = ({ cost, turns, unpriced }: Pick<Spent, "cost" | "turns" | "unpriced">): Amount =>
  amount(dollarsOf(cost), sumOf(turns), sumOf(unpriced));

/** What Meta charges, and how many messages were free. */
export function feesAmount(fees: readonly Fee[]): Amount & { free: number } {
  const billed = fees.filter((fee) => fee.billed);
  return {
    ...amount(
      total(billed, ({ usd }) => usd ?? 0),
      total(billed, ({ n }) => n),
      total(billed, ({ usd, n }) => (usd === null ? n : 0)),
    ),
    free: total(fees, ({ billed, n }) => (billed ? 0 : n)),
  };
}

/** What suggestions or trials cost. */
export function helperSpend(helpers: readonly HelperCost[], kind: HelperCost["kind"]): ModelSpend {
  const own = helpers.filter((each) => each.kind === kind);
  return {
    name: kind,
    ...amount(
      total(own, ({ usd }) => usd),
      total(own, ({ n }) => n),
      total(own, ({ unpriced }) => unpriced),
    ),
    tokensIn: total(own, ({ tokensIn }) => tokensIn),
    tokensCached: null,
    tokensOut: total(own, ({ tokensOut }) => tokensOut),
    discardedUsd: null,
  };
}

/** Everything that was spent. */
export const spentAmount = ({
  fees,
  helpers,
  ...models
}: Pick<Spent, "cost" | "turns" | "unpriced" | "fees" | "helpers">): Amount =>
  sumOfAmounts([
    modelsAmount(models),
    feesAmount(fees),
    helperSpend(helpers, "suggestion"),
    helperSpend(helpers, "trial"),
  ]);

/** Tokens, in cells by intent and model, and the turns in which each model was called. */
export interface Used {
  modelTurns: Cell[];
  tokensIn: Cell[];
  tokensCached: Cell[];
  tokensOut: Cell[];
  /** Dollars of answers that were not wanted. */
  discarded: Cell[];
}

/** Spending by model or intent, the dearest first. A turn counts with each model that was called in it, and once with its intent. */
export function spendBy(
  label: "model" | "intent",
  { cost, turns, unpriced }: Spent,
  { modelTurns, tokensIn, tokensCached, tokensOut, discarded }: Used,
): ModelSpend[] {
  const isModel = label === "model";
  const [costs, counts] = [byLabel(cost, label), byLabel(isModel ? modelTurns : turns, label)];
  const [read, written] = [byLabel(tokensIn, label), byLabel(tokensOut, label)];
  const [cached, unwanted] = [byLabel(tokensCached, label), byLabel(discarded, label)];
  const missing = byLabel(isModel ? modelTurns.filter(isUnpriced) : unpriced, label);
  const names = new Set([...costs.keys(), ...counts.keys(), ...missing.keys()]);
  const rows = [...names].map((name): ModelSpend => {
    const sum = (cells: Map<string, Cell[]>) => sumOf(cells.get(name) ?? []);
    return {
      name,
      ...amount(sum(costs) / NANO, sum(counts), sum(missing)),
      ...{ tokensIn: sum(read), tokensCached: sum(cached), tokensOut: sum(written) },
      discardedUsd: sum(unwanted) / NANO,
    };
  });
  return rows
    .filter(({ name, usd, tokensIn }) => name !== "" || usd !== 0 || tokensIn > 0)
    .sort(dearestFirst);
}

/** Meta's fee by country and category, the dearest first; prices are those of the end of the period. */
export function feeRows(spent: readonly Spent[], atMs: number): FeeRow[] {
  const found = new Map<string, { fees: Fee[]; priceAt: Spent["priceAt"] }>();
  for (const { fees, priceAt } of spent)
    for (const fee of fees) {
      const key = `${fee.country} ${fee.category}`;
      const own = found.get(key) ?? { fees: [], priceAt };
      own.fees.push(fee);
      found.set(key, own);
    }
  return [...found.values()].map(({ fees, priceAt }) => rowOf(fees, priceAt, atMs)).sort(dearestFirst);
}

function rowOf(fees: readonly Fee[], priceAt: Spent["priceAt"], atMs: number): FeeRow {
  const { country = "", category = "" } = fees[0] ?? {};
  const price = priceAt(country, category, atMs);
  return {
    country,
    category,
    ...feesAmount(fees),
    market: price?.market ?? null,
    priceUsd: price?.usd ?? null,
  };
}

const dearestFirst = (a: Amount, b: Amount): number => (b.usd ?? 0) - (a.usd ?? 0) || b.n - a.n;

/** Sum of a figure of each. */
export const total = <Each>(list: Iterable<Each>, of: (each: Each) => number): number => {
  let sum = 0;
  for (const each of list) sum += of(each);
  return sum;
};
