import { describe, expect, test } from "vitest";
import type { Rate } from "../../../contracts/console/money.ts";
import { ratesOfCsv } from "../../../lib/console/rates/csv.ts";
import { forecastOf, wholeWeeks } from "../../../lib/insight/forecast.ts";
import { isMarket, MARKETS, marketNamed, marketsOf, OTHER_COUNTRIES } from "../../../lib/insight/markets.ts";
import { pricesOf } from "../../../lib/insight/rates.ts";
import { money as english } from "../../../web/src/texts/en/insight-money.ts";
import { money as spanish } from "../../../web/src/texts/es/insight-money.ts";
import { money as portuguese } from "../../../web/src/texts/pt/insight-money.ts";

const DAY = 86_400_000;
const at = (iso: string) => Date.parse(`${iso}Z`);
const rate = (over: Partial<Rate> = {}): Rate => ({
  ...{ market: "PE", category: "service", priceUsd: 0.02, validFrom: "2026-10-01" },
  ...over,
});

describe("markets", () => {
  test("are the 47 of Meta's card, each once, and every country is in at most one group", () => {
    expect(MARKETS).toHaveLength(47);
    const all = [...MARKETS.map(({ market }) => market), ...OTHER_COUNTRIES];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every(isMarket)).toBe(true);
    for (const country of OTHER_COUNTRIES) expect(marketsOf(country)).toHaveLength(2);
  });

  test.each([
    ["PE", ["PE"]],
    ["EC", ["EC", "rest_of_latin_america"]],
    ["US", ["US", "north_america"]],
    // Its own market since October 2026.
    ["KW", ["KW", "rest_of_middle_east"]],
    ["EE", ["EE", "other"]],
    ["", []],
    ["other", []],
    ["ZZ", []],
    ["constructor", []],
  ])("%s is billed by the nearest of %j", (country, markets) => {
    expect(marketsOf(country)).toEqual(markets);
  });

  test.each([
    ["Peru", "PE"],
    ["  REST OF CENTRAL & EASTERN EUROPE ", "rest_of_central_eastern_europe"],
    ["Türkiye", "TR"],
    ["ec", "EC"],
    ["Atlantis", null],
    ["", null],
  ])("%j is %s", (name, market) => {
    expect(marketNamed(name)).toBe(market);
  });
});

test("a price holds from its day, and leaves what was before it as it was", () => {
  const october = rate();
  const before = pricesOf([october]);
  const after = pricesOf([rate({ priceUsd: 0.05, validFrom: "2026-12-01" }), october]);
  for (const day of ["2026-09-30T23:59:59.999", "2026-10-01T00:00", "2026-11-30T23:59:59.999"])
    expect(after("PE", "service", at(day))).toEqual(before("PE", "service", at(day)));
  expect(after("PE", "service", at("2026-09-30T23:59"))).toBeNull();
  expect(after("PE", "service", at("2026-12-01T00:00"))).toEqual({ market: "PE", usd: 0.05 });
  expect(after("PE", "marketing", at("2026-12-01T00:00"))).toBeNull();
  expect(after("EC", "service", at("2026-12-01T00:00"))).toBeNull();
});

test("a country's own price comes before that of its group, from its day on", () => {
  const price = pricesOf([
    rate({ market: "rest_of_middle_east", priceUsd: 0.01, validFrom: "2026-07-01" }),
    rate({ market: "KW", priceUsd: 0.04 }),
  ]);
  expect(price("KW", "service", at("2026-09-30T12:00"))?.usd).toBe(0.01);
  expect(price("KW", "service", at("2026-10-02T12:00"))).toEqual({ market: "KW", usd: 0.04 });
  expect(price("JO", "group_service", at("2026-10-02T12:00"))?.usd).toBe(0.01);
});

describe("a CSV of prices", () => {
  const read = (text: string) => ratesOfCsv(text, "2026-10-01");
  const problems = (text: string) => {
    const result = read(text);
    return "problems" in result ? result.problems.map(({ line, message }) => `${line} ${message}`) : [];
  };

  test("is read as Meta publishes its card", () => {
    const card = [
      '"Per-message rates in USD, effective October 1, 2026",,,,,,',
      '"Note: see the documentation",,,,,,',
      'Market,Currency,Marketing,Utility,Authentication,"Authentication-\nInternational",Service',
      "Argentina,$US,0.01,0.02,0.03,n/a,0.04",
      "Rest of Latin America,$US,$0.0500,,n/a,0.06,--",
    ].join("\r\n");
    expect(read(card)).toEqual({
      rates: [
        rate({ market: "AR", category: "marketing", priceUsd: 0.01 }),
        rate({ market: "AR", category: "utility", priceUsd: 0.02 }),
        rate({ market: "AR", category: "authentication", priceUsd: 0.03 }),
        rate({ market: "AR", category: "service", priceUsd: 0.04 }),
        rate({ market: "rest_of_latin_america", category: "marketing", priceUsd: 0.05 }),
        rate({ market: "rest_of_latin_america", category: "authentication_international", priceUsd: 0.06 }),
      ],
    });
  });

  test("is read as the page saves it, and as spreadsheets of other countries write it", () => {
    expect(
      read('\uFEFF"market","category","price_usd","valid_from"\r\n"Peru","service",0.0085,"2026-11-01"\r\n'),
    ).toEqual({ rates: [rate({ priceUsd: 0.0085, validFrom: "2026-11-01" })] });
    expect(read("Market;Category;price USD\nPE;Service;0,0085\n")).toEqual({
      rates: [rate({ priceUsd: 0.0085 })],
    });
  });

  test("enters nothing when a line is wrong, and names each", () => {
    const lines = [
      "market,category,price_usd,valid_from,currency",
      "Peru,service,0.02,,USD",
      "Atlantis,service,0.02,,",
      "Peru,gossip,0.02,,",
      "Peru,utility,-0.02,,",
      "Peru,utility,,,",
      "Peru,utility,1e-3,,",
      "Peru,utility,85,,",
      "Peru,utility,0.02,01/10/2026,",
      "Peru,utility,0.02,2026-02-30,",
      "Chile,utility,0.02,,EUR",
      "peru,service,0.03,2026-10-01,",
      '"=HYPERLINK(""http://evil"")",service,0.02,,',
      'Peru,"utility,0.02,,',
    ];
    expect(problems(lines.join("\n"))).toEqual([
      "3 “Atlantis” is not a market of Meta's card, nor a country's two letters",
      expect.stringMatching(/^4 category must be one of marketing, utility/),
      expect.stringMatching(/^5 the price of utility must be a number/),
      expect.stringMatching(/^6 the price of utility must be a number/),
      expect.stringMatching(/^7 the price of utility must be a number/),
      "8 the price of utility must not be over $10 for one message",
      "9 valid_from must be a day such as 2026-10-01",
      "10 valid_from must be a day such as 2026-10-01",
      "11 the price is not in US dollars: take Meta's card in USD",
      "12 repeats service of line 2",
      expect.stringMatching(/^13 “=HYPERLINK/),
      "14 a quote is opened and never closed",
      expect.stringMatching(/^14 the price of utility must be/),
    ]);
  });

  test("says for the page what is wrong and what it is about, in each language with what to do", () => {
    const lines = ["market,category,price_usd", "Atlantis,service,1", "Peru,gossip,1", "Peru,utility,85"];
    const result = read([...lines, "Peru,service,1", "Peru,service,2"].join("\n"));
    const found = "problems" in result ? result.problems : [];
    expect(found.map(({ line, code, about }) => [line, code, about])).toEqual([
      [2, "market", "Atlantis"],
      [3, "category", "gossip"],
      [4, "price", "utility"],
      [6, "repeated", "5"],
    ]);
    for (const { prices } of [english, spanish, portuguese]) {
      const said = found.map(({ code, about }) => prices.problem[code](about));
      found.forEach(({ about, message }, place) => {
        expect(said[place]).toContain(about);
        // A sentence of its own, and what to do.
        expect(said[place]).toMatch(/^\S.*\. \S.*\.$/);
        expect(said[place]).not.toContain(message);
      });
    }
  });

  test.each([
    ["", /no line names the columns/],
    ["a,b\n1,2", /no line names the columns/],
    ["market,category\nPeru,service", /price_usd is missing/],
    ["market,price\nPeru,1", /no column is named after a category/],
    ["market,service\nPeru,n/a", /the file has no price/],
    [`market,service\n${"Peru,0.1\n".repeat(2_001)}`, /^2002 more than 2000 lines/],
    [`market,service\n${'"'.repeat(200_000)}`, /./],
    [`${",".repeat(250_000)}`, /no line names the columns/],
    [`market,service\n${"\0".repeat(1_000)},0.1`, /is not a market/],
  ])("is bounded: %#", (text, message) => {
    const [first = "", ...others] = problems(text);
    expect(first).toMatch(message);
    expect(first.length).toBeLessThan(300);
    expect(others.length).toBeLessThan(50);
  });
});

describe("the forecast of a month", () => {
  /** Sunday, 15 November 2026, noon. */
  const nowMs = at("2026-11-15T12:00");
  const flat = (usd: number) => () => usd;
  const input = { nowMs, spentUsd: 14.5, firstDayMs: at("2026-01-01T00:00") };

  test("is what was spent and what the same weekdays cost, from the cheapest week to the dearest", () => {
    expect(forecastOf({ ...input, costOf: flat(1) })).toEqual({ low: 30, high: 30, weeks: 8 });
    // Sundays cost 7, other days 1; the week from 1 to 7 November twice that.
    const costOf = (day: number) =>
      (new Date(day).getUTCDay() === 0 ? 7 : 1) *
      (day >= at("2026-11-01T00:00") && day < at("2026-11-08T00:00") ? 2 : 1);
    // Half of Sunday the 15th, 13 other days and the Sundays 22 and 29.
    const rest = 0.5 * 7 + 2 * 7 + 13;
    expect(forecastOf({ ...input, costOf })).toEqual({ low: 14.5 + rest, high: 14.5 + 2 * rest, weeks: 8 });
  });

  test("asks only for days that are over, with the prices of the day to come", () => {
    const asked: [number, number][] = [];
    forecastOf({ ...input, costOf: (day, onDay) => asked.push([day, onDay]) });
    expect(Math.max(...asked.map(([day]) => day))).toBeLessThan(at("2026-11-15T00:00"));
    expect(Math.min(...asked.map(([day]) => day))).toBeGreaterThanOrEqual(at("2026-11-15T00:00") - 56 * DAY);
    expect(Math.max(...asked.map(([, onDay]) => onDay))).toBe(at("2026-11-30T00:00"));
    expect(asked.every(([day, onDay]) => (onDay - day) % (7 * DAY) === 0)).toBe(true);
  });

  test("is none with fewer than three whole weeks of figures", () => {
    const firstDayMs = at("2026-10-25T08:00");
    expect(wholeWeeks({ nowMs, firstDayMs })).toBe(2);
    expect(forecastOf({ ...input, firstDayMs, costOf: flat(1) })).toBeNull();
    expect(wholeWeeks({ nowMs, firstDayMs: firstDayMs - DAY })).toBe(3);
    expect(wholeWeeks({ nowMs, firstDayMs: null })).toBe(0);
  });

  test("is what was spent when the month is over", () => {
    const end = at("2026-11-30T23:59:59.999");
    expect(forecastOf({ ...input, nowMs: end, costOf: flat(1) })?.high).toBeCloseTo(14.5, 5);
  });
});
