import type { MoneyView } from "../../../contracts/console/money.ts";
import { forecastOf, MOST_WEEKS, monthOf, wholeWeeks } from "../../insight/forecast.ts";
import { DAY_MS } from "../../insight/range.ts";
import { groups } from "../../insight/series.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type Spent, spentIn } from "./money-read.ts";
import { dollarsOf, spentAmount, sumOfAmounts, total } from "./money-sums.ts";
import type { Figures } from "./read.ts";

/** The calendar month so far and what it may come to, through when the figures are complete. */
export async function monthSpend(
  figures: Figures,
  deps: Pick<ConsoleDeps, "rates" | "helperCosts">,
  throughMs: number,
): Promise<MoneyView["month"]> {
  const month = monthOf(throughMs);
  const fromMs = Math.min(month.fromMs, Math.floor(throughMs / DAY_MS - MOST_WEEKS * 7 - 1) * DAY_MS);
  const toMs = Math.ceil((throughMs + 1) / DAY_MS) * DAY_MS;
  const history = await spentIn({ fromMs, toMs, step: "day" }, figures, deps);
  const spent = sumOfAmounts(history.map((each) => spentAmount(since(each, month.fromMs))));
  const days = history.flatMap(({ turns, cost, fees, helpers }) => [
    ...[...turns, ...cost].map(({ atMs }) => atMs ?? toMs),
    ...fees.map(({ atMs }) => atMs),
    ...helpers.map(({ at }) => at),
  ]);
  const firstDayMs = days.reduce<number | null>((first, at) => Math.min(first ?? at, at), null);
  const costs = history.map(costsByDay);
  const input = {
    nowMs: throughMs,
    firstDayMs,
    spentUsd: spent.usd ?? 0,
    costOf: (day: number, onDay: number) => total(costs, (costOf) => costOf(day, onDay)),
  };
  // What has no price at all is not forecast as $0.
  const forecast = spent.usd === null ? null : forecastOf(input);
  return { ...month, spent, forecast, wholeWeeks: wholeWeeks(input) };
}

/** What was spent from a time on. */
function since({ cost, turns, unpriced, fees, helpers }: Spent, fromMs: number) {
  const isSince = ({ atMs }: { atMs: number | null }) => (atMs ?? fromMs) >= fromMs;
  return {
    ...{ cost: cost.filter(isSince), turns: turns.filter(isSince), unpriced: unpriced.filter(isSince) },
    ...{ fees: fees.filter(isSince), helpers: helpers.filter(({ at }) => at >= fromMs) },
  };
}

/** What a day cost, with the prices of messages of another day. */
function costsByDay({ cost, fees, helpers, priceAt }: Spent): (dayMs: number, onDayMs: number) => number {
  const days = groups(fees, ({ atMs }) => atMs);
  const models = groups(cost, ({ atMs }) => atMs);
  const helped = groups(helpers, ({ at }) => at);
  return (day, onDay) =>
    dollarsOf(models.get(day) ?? []) +
    total(helped.get(day) ?? [], ({ usd }) => usd) +
    total(days.get(day) ?? [], ({ billed, country, category, n }) =>
      billed ? n * (priceAt(country, category, onDay)?.usd ?? 0) : 0,
    );
}
