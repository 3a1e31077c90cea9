import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MoneyView, Rate, RatesImported, RatesView } from "../../../contracts/console/money.ts";
import type { TemplatesView } from "../../../contracts/console/settings.ts";
import { ACCOUNT_ID } from "../../../fakes/graph/options.ts";
import { SAMPLE_TEMPLATES } from "../../../fakes/graph/rules/sample-templates.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany, makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { type Counted, count, fresh } from "./counters.ts";

const DAY = 86_400_000;
/** Midnight of a day ago, UTC. */
const day = (ago: number) => Math.floor(Date.now() / DAY) * DAY - ago * DAY;
const name = (ago: number) => new Date(day(ago)).toISOString().slice(0, 10);

let world: World;
let viewer: Member;
let owner: Member;
let secondId: string;
let strangersId: string;
beforeAll(async () => {
  world = await startWorld({
    env: { WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID },
    graph: { templates: SAMPLE_TEMPLATES },
  });
  viewer = await signedInAs(world, "viewer");
  owner = await signedInAs(world, "owner");
  secondId = await makeCompany(world);
  strangersId = await makeCompany(world);
  for (const { operatorId } of [viewer, owner])
    await world.sql`insert into memberships (tenant_id, operator_id, role) values (${secondId}::uuid, ${operatorId}::uuid, 'viewer')`;
});
afterAll(() => world.close());

const RATE: Rate = { market: "PE", category: "service", priceUsd: 0.02, validFrom: name(20) };
const rates = async () => ((await (await viewer.get("/rates")).json()) as RatesView).rates;
const write = (over: Partial<Rate> = {}, was: number | null = null) =>
  owner.post("/rates", { ...RATE, ...over, was });
const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;
const audited = async (act: string) =>
  (
    await world.sql<{ detail: object }>`
      select detail from audit_log where act = ${act} and tenant_id = ${owner.tenantId}::uuid order by id desc`
  ).map(({ detail }) => detail);

describe("the table of prices", () => {
  test("begins empty, with the markets of Meta's card", async () => {
    const view = (await (await viewer.get("/rates")).json()) as RatesView;
    expect(view.rates).toEqual([]);
    expect(view.markets).toContainEqual({ market: "rest_of_latin_america", name: "Rest of Latin America" });
    expect(view.countries).toContain("EC");
  });

  test("is written by owners, each with a line in the audit log", async () => {
    for (const member of [viewer, await signedInAs(world, "agent")])
      expect((await member.post("/rates", { ...RATE, was: null })).status).toBe(403);
    expect((await write()).status).toBe(200);
    expect(await rates()).toEqual([RATE]);
    expect((await write({ priceUsd: 0.0213 }, 0.02)).status).toBe(200);
    expect(await audited("rate.write")).toEqual([
      { market: "PE", category: "service", price: "$0.0213", from: RATE.validFrom, was: "$0.02" },
      { market: "PE", category: "service", price: "$0.02", from: RATE.validFrom },
    ]);
    expect((await owner.post("/rates/remove", { ...RATE, priceUsd: 0.0213 })).status).toBe(204);
    expect(await audited("rate.remove")).toHaveLength(1);
    expect(await rates()).toEqual([]);
  });

  test.each<[Partial<Rate> & { was?: number }, RegExp]>([
    [{ priceUsd: -1 }, /priceUsd: must not be negative/],
    [{ priceUsd: 85 }, /must not be over \$10/],
    [{ priceUsd: Number.NaN }, /priceUsd: must be a number/],
    [{ market: "Atlantis" }, /market: is not a market of Meta's card/],
    [{ category: "gossip" as Rate["category"] }, /category: must be one of marketing/],
    [{ validFrom: "01/10/2026" }, /validFrom: must be a day such as 2026-10-01/],
    [{ validFrom: "1066-10-14" }, /validFrom: must lie between/],
  ])("refuses %j with a sentence", async (over, message) => {
    const answer = await write(over);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(message);
  });

  test("keeps what one of two owners wrote at once, and tells the other", async () => {
    const answers = await Promise.all([0.03, 0.04, 0.05].map((priceUsd) => write({ priceUsd })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(await codeOf(answer)).toBe("rate_changed");
    const [kept] = await rates();
    // Who presses twice is heard once.
    expect((await write({ priceUsd: kept?.priceUsd ?? 0 })).status).toBe(200);
    expect((await write({ priceUsd: 0.09 }, 0.08)).status).toBe(409);
    expect((await owner.post("/rates/remove", { ...RATE, priceUsd: 0.08 })).status).toBe(409);
    expect(await rates()).toEqual([kept]);
    await owner.post("/rates/remove", kept);
  });

  test("takes a file whole or not at all", async () => {
    const load = async (csv: string) =>
      (await (await owner.post("/rates/import", { csv, validFrom: name(20) })).json()) as RatesImported;
    const card =
      "Market,Currency,Marketing,Utility,Service\nPeru,$US,0.07,0.02,0.02\nOther,$US,0.06,n/a,0.01";
    expect(await load(`${card}\nAtlantis,$US,1,1,1`)).toMatchObject({ problems: [{ line: 4 }] });
    expect(await rates()).toEqual([]);
    const both = await Promise.all([load(card), load(card)]);
    expect(both.map((each) => ("written" in each ? each.written : -1)).sort()).toEqual([0, 5]);
    expect(await rates()).toHaveLength(5);
    expect(await load("market,category,price_usd\nPE,utility,0.03")).toEqual({ written: 1, same: 0 });
    const big = await owner.post("/rates/import", { csv: "x".repeat(300_000), validFrom: name(1) });
    expect(big.status).toBe(400);
    expect(
      (await owner.post("/rates/import", { csv: "x".repeat(2_000_000), validFrom: name(1) })).status,
    ).toBe(413);
    for (const each of await rates()) await owner.post("/rates/remove", each);
  });

  test("is each company's own", async () => {
    await world.sql`
      insert into message_rates (tenant_id, market, category, valid_from, price_usd)
        values (${strangersId}::uuid, 'PE', 'service', '2026-10-01', 9)`;
    expect(await rates()).toEqual([]);
    await write();
    await owner.post("/rates/remove", RATE);
    expect(await world.sql`select price_usd::float8 as usd from message_rates`).toEqual([{ usd: 9 }]);
  });
});

describe("the page of money", () => {
  const money = async (query = "range=28d") =>
    (await (await viewer.get(`/insight/money?${query}`)).json()) as MoneyView;
  const own = (over: Partial<Counted>): Counted => ({
    ...{ tenantId: viewer.tenantId, metric: "turns", atMs: day(3) + DAY / 2 },
    ...over,
  });
  const billed = (labels: Counted["labels"] & { billed: string }, n: number, over: Partial<Counted> = {}) =>
    own({ metric: "billed", labels: { category: "service", country: "PE", ...labels }, n, ...over });

  test("is nothing when nothing was spent: no price is asked for, nothing is forecast", async () => {
    const view = await money();
    expect(view).toMatchObject({
      total: { usd: 0, n: 0, unpriced: 0 },
      discarded: { usd: 0, tokens: 0 },
      ...{ byModel: [], byIntent: [], byNumber: [], feeRows: [] },
      conversations: { all: 0, resolved: 0, spent: { usd: 0 } },
      month: { forecast: null, wholeWeeks: 0 },
      splitting: { replies: 0, parts: 0, further: { usd: 0 } },
    });
  });

  test("adds up models, Meta, suggestions and trials", async () => {
    await fresh(world, Date.now());
    const gpt = { intent: "greeting", model: "gpt" };
    const free = { intent: "complaint", model: "own-model" };
    await count(world, [
      own({ labels: gpt, n: 100 }),
      own({ labels: free, n: 40 }),
      own({ metric: "cost_nano_usd", labels: gpt, n: 0.5e9 }),
      own({ metric: "tokens_in", labels: gpt, n: 90_000 }),
      own({ metric: "tokens_out", labels: gpt, n: 4_000 }),
      own({ metric: "tokens_cached", labels: gpt, n: 30_000 }),
      own({ metric: "tokens_discarded", labels: gpt, n: 5_000 }),
      own({ metric: "discarded_nano_usd", labels: gpt, n: 0.02e9 }),
      own({ metric: "tokens_in", labels: free, n: 7_000 }),
      own({ metric: "unpriced", labels: free, n: 40 }),
      own({ metric: "model_turns", labels: { ...gpt, result: "priced" }, n: 100 }),
      own({ metric: "model_turns", labels: { ...free, result: "unpriced" }, n: 40 }),
      // Sorted by a model that has a price, answered by one that has none.
      own({ metric: "model_turns", labels: { intent: "complaint", model: "gpt", result: "priced" }, n: 40 }),
      billed({ billed: "true" }, 100),
      billed({ billed: "true", type: "further" }, 30),
      billed({ billed: "false" }, 200),
      billed({ billed: "true", country: "EC" }, 7),
      billed({ billed: "true", category: "marketing" }, 10),
      // After the price rose, and before there was one.
      billed({ billed: "true" }, 50, { atMs: day(1) }),
      billed({ billed: "true" }, 1_000, { atMs: day(25) }),
      own({ metric: "parts", labels: { intent: "greeting", type: "first" }, n: 110 }),
      own({ metric: "parts", labels: { intent: "greeting", type: "further" }, n: 33 }),
      own({ metric: "conversations", labels: { result: "resolved", served_by: "bot" }, n: 30 }),
      own({ metric: "conversations", labels: { result: "unresolved", served_by: "bot" }, n: 10 }),
      // Ended, and not all of that day's are counted yet.
      own({ metric: "conversations", labels: { result: "resolved" }, n: 500, atMs: day(0) }),
      { ...billed({ billed: "true" }, 9_999), tenantId: strangersId },
      { ...billed({ billed: "true" }, 6), tenantId: secondId },
    ]);
    const conversation = await makeConversation(world, { tenantId: viewer.tenantId });
    await world.sql`
      insert into suggestions (tenant_id, conversation_id, model, input_tokens, output_tokens, cost_usd, created_at)
        select ${viewer.tenantId}::uuid, ${conversation}::uuid, 'gpt', 100, 20, usd, ${name(3)}::timestamptz from unnest(array[0.25, null]) usd`;
    await world.sql`
      insert into playground_answers (tenant_id, model, input_tokens, output_tokens, cost_usd) values (${viewer.tenantId}::uuid, 'gpt', 10, 2, 0.125)`;
    await write();
    await write({ priceUsd: 0.04, validFrom: name(2) });
    const view = await money();
    // 130 × $0.02 + 50 × $0.04; 1,000 came before there was a price, 7 to Ecuador and 10 of marketing have none.
    expect(view.fees).toEqual({ usd: expect.closeTo(4.6), n: 1_197, unpriced: 1_017, free: 200 });
    expect(view.models).toEqual({ usd: expect.closeTo(0.5), n: 140, unpriced: 40 });
    expect(view.discarded).toEqual({ usd: 0.02, tokens: 5_000 });
    expect(view.suggestions).toMatchObject({ usd: 0.25, n: 2, unpriced: 1, tokensIn: 200 });
    expect(view.trials).toMatchObject({ usd: 0.125, n: 1, unpriced: 0 });
    expect(view.total).toMatchObject({ usd: expect.closeTo(5.475), unpriced: 1_058 });
    expect(view.byModel).toEqual([
      {
        name: "gpt",
        usd: 0.5,
        n: 140,
        unpriced: 0,
        tokensIn: 90_000,
        tokensCached: 30_000,
        tokensOut: 4_000,
        discardedUsd: 0.02,
      },
      {
        ...{
          name: "own-model",
          usd: null,
          n: 40,
          unpriced: 40,
          tokensIn: 7_000,
          tokensCached: 0,
          tokensOut: 0,
        },
        discardedUsd: 0,
      },
    ]);
    expect(view.byIntent).toMatchObject([
      { name: "greeting", usd: 0.5 },
      { name: "complaint", usd: null, unpriced: 40 },
    ]);
    expect(view.feeRows).toEqual([
      {
        ...{ country: "PE", category: "service", n: 1_180, unpriced: 1_000, free: 200, market: "PE" },
        usd: expect.closeTo(4.6),
        priceUsd: 0.04,
      },
      {
        country: "PE",
        category: "marketing",
        usd: null,
        n: 10,
        unpriced: 10,
        free: 0,
        market: null,
        priceUsd: null,
      },
      {
        country: "EC",
        category: "service",
        usd: null,
        n: 7,
        unpriced: 7,
        free: 0,
        market: null,
        priceUsd: null,
      },
    ]);
    const sum = (list: number[]) => list.reduce((total, usd) => total + usd, 0);
    expect(view.series.models).toHaveLength(view.slots.length);
    expect([sum(view.series.models), sum(view.series.fees), sum(view.series.helpers)]).toEqual(
      [0.5, 4.6, 0.375].map((usd) => expect.closeTo(usd)),
    );
    // 30 further messages at $0.02.
    expect(view.splitting).toEqual({
      replies: 110,
      parts: 143,
      further: { usd: expect.closeTo(0.6), n: 30, unpriced: 0 },
    });
    // Not today and yesterday, whose conversations may go on: without the 50 messages and the trial.
    expect(view.conversations).toMatchObject({
      all: 40,
      resolved: 30,
      spent: { usd: expect.closeTo(0.5 + 2.6 + 0.25) },
    });
  });

  test("a price from tomorrow on changes nothing that was", async () => {
    const before = await money();
    await write({ priceUsd: 1, validFrom: name(-1) });
    const after = await money();
    expect({ ...after, head: null, month: null }).toEqual({ ...before, head: null, month: null });
    await owner.post("/rates/remove", { ...RATE, priceUsd: 1, validFrom: name(-1) });
  });

  test("leaves filters out, and adds the operator's numbers but nobody else's", async () => {
    expect((await money("range=28d&intent=complaint&model=x")).models.n).toBe(140);
    const all = await money("range=28d&number=all");
    expect(all.fees).toMatchObject({ n: 1_203, unpriced: 1_023 });
    expect(all.byNumber.map(({ fees }) => fees.n).sort()).toEqual([1_197, 6]);
  });

  test("says nothing per conversation of a time whose conversations are not counted", async () => {
    expect((await money("range=24h")).conversations).toBeNull();
  });

  test("forecasts the month once there are three whole weeks", async () => {
    expect((await money()).month).toMatchObject({ wholeWeeks: 3, forecast: { weeks: 3 } });
    const { month } = await money();
    expect(month.forecast?.low).toBeGreaterThanOrEqual(month.spent.usd ?? 0);
    expect(month.forecast?.high).toBeGreaterThanOrEqual(month.forecast?.low ?? 0);
    await count(world, [own({ metric: "cost_nano_usd", labels: { model: "gpt" }, n: 1e9, atMs: day(50) })]);
    expect((await money()).month).toMatchObject({ wholeWeeks: 7, forecast: { weeks: 7 } });
  });

  test("a template says what Meta charges for it where the customer is", async () => {
    const agent = await signedInAs(world, "agent");
    const priceOf = async (phone: string) => {
      const id = await makeConversation(world, { tenantId: viewer.tenantId, phone });
      const view = (await (await agent.get(`/templates?conversation=${id}`)).json()) as TemplatesView;
      if (view.state !== "ok") throw new Error(view.message);
      return Object.fromEntries(view.templates.map(({ category, priceUsd }) => [category, priceUsd]));
    };
    const inPeru = await priceOf("51987000001");
    expect(Object.values(inPeru).every((price) => price === null)).toBe(true);
    const [category = ""] = Object.keys(inPeru);
    await write({ category: category as Rate["category"], priceUsd: 0.07, validFrom: name(1) });
    expect((await priceOf("51987000002"))[category]).toBe(0.07);
    expect((await priceOf("593987000003"))[category]).toBeNull();
    const other = await makeConversation(world, { tenantId: strangersId, phone: "51987000009" });
    const view = (await (await agent.get(`/templates?conversation=${other}`)).json()) as TemplatesView;
    expect(view.state === "ok" && view.templates.every(({ priceUsd }) => priceUsd === null)).toBe(true);
  });

  test("counts the messages of a reply beyond the first, also among those that Meta bills", async () => {
    const conversation = await makeConversation(world, { tenantId: viewer.tenantId, phone: "51987000042" });
    const turn = async (rung: string, parts: number) => world.sql`
      with t as (
        insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, rung, ended_at)
          select gen_random_uuid(), ${viewer.tenantId}::uuid, ${conversation}::uuid, 1, 1, 'answered', 'greeting', ${rung}, now() returning id)
      insert into messages (tenant_id, conversation_id, direction, author, state, type, turn_id, pricing, sent_at)
        select ${viewer.tenantId}::uuid, ${conversation}::uuid, 'out', 'bot', 'read', 'text', t.id,
               '{"type": "regular", "category": "service"}', now() from t, generate_series(1, ${parts}::int)`;
    await turn("full", 3);
    await turn("full", 1);
    await turn("notice", 2);
    const cells = await world.sql<{ metric: string; type: string | null; n: number }>`
      select o_metric as metric, o_labels ->> 'type' as type, sum(o_n)::int as n
        from message_cells(now() - interval '5 minutes', now() + interval '5 minutes')
        where o_metric in ('parts', 'billed') group by 1, 2 order by 1, 2`;
    expect(cells).toEqual([
      { metric: "billed", type: "further", n: 2 },
      { metric: "billed", type: null, n: 4 },
      { metric: "parts", type: "first", n: 2 },
      { metric: "parts", type: "further", n: 2 },
    ]);
  });
});
