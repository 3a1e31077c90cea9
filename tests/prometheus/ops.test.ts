import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { OBJECTIVES } from "../../lib/insight/objectives.ts";
import { exists, found, read } from "../docs/pages.ts";
import { startWorld, type World } from "../support/world.ts";
import { createFeed, type Feed } from "./feed.ts";
import { type Found, type Prometheus, promtool, startPrometheus } from "./prometheus.ts";

const TOKEN = "a-token-for-metrics-0123456789";
const RULES = join(PROJECT_DIRECTORY, "ops/prometheus/chasqui.rules.yml");
const DASHBOARD = join(PROJECT_DIRECTORY, "ops/grafana/chasqui.json");
/** What Grafana fills in. */
const RANGE = "10m";
const MINUTES = 10;

/** Makes each series once: Prometheus counts from the second time on. */
const FIRST = { good: 1, bad: 1, answered: 1, refused: 1, failedChecks: 1 };
const ROUND = { good: 70, bad: 30, answered: 16, refused: 8, failedChecks: 3 };

interface Panel {
  title: string;
  targets: { expr: string }[];
}

const dashboard: { panels: Panel[]; templating: { list: { name: string; query: unknown }[] } } = JSON.parse(
  readFileSync(DASHBOARD, "utf8"),
);

let world: World;
let feed: Feed;
let prometheus: Prometheus;

beforeAll(async () => {
  world = await startWorld({ env: { METRICS_TOKEN: TOKEN } });
  feed = await createFeed(world);
  prometheus = await startPrometheus({ url: world.url, token: TOKEN, rules: [RULES] });
  await feed.run(FIRST);
  const seen = (made: number, real: number) =>
    prometheus.until(
      () => prometheus.query(`chasqui_received_total`),
      (all) => numberOf(all, feed.madeId) === made && numberOf(all, feed.realId) === real,
    );
  await seen(2, 2);
  await feed.run(ROUND);
  await world.sql`
    update conversations set received_seq = answered_seq + 1, unread_since = now() - interval '5 minutes' where tenant_id = ${feed.madeId}::uuid`;
  await seen(102, 26);
  await prometheus.until(
    () => prometheus.query("chasqui_stranded"),
    (all) => numberOf(all, feed.madeId) === 1,
  );
  // The rules are evaluated after the scrape.
  await prometheus.until(
    () => prometheus.query(`chasqui:burn_rate:4d{objective="wait", tenant="${feed.madeId}"}`),
    ([rate]) => (rate?.value ?? 0) > 5.9,
  );
  // Groups take turns of their own, every second: an alert may look after the rate it looks at was recorded.
  const recordedMs = Date.now();
  await prometheus.until(
    () => prometheus.rules(),
    (rules) => rules.every(({ lastEvaluation }) => Date.parse(lastEvaluation) > recordedMs + 2_000),
  );
});
afterAll(async () => {
  await prometheus?.close();
  await world?.close();
});

const numberOf = (all: readonly Found[], tenant: string) =>
  all.find(({ metric }) => metric.tenant === tenant)?.value;

/** Within what Prometheus adds at the edges of a range: up to a scrape, which is much where few were made. */
const near = (value: number) => [value * 0.97 - 1e-9, value * 1.4 + 1e-9] as const;
const between = (least: number, most: number) => [least, most] as const;
type Bounds = readonly [least: number, most: number];

/** For each panel: the company to look at, a label of its series, and where each must be, target by target. */
interface Expected {
  of: "made" | "real";
  by?: string;
  targets: Record<string, Bounds>[];
}
const one = (...targets: Bounds[]): Expected => ({
  of: "made",
  targets: targets.map((bounds) => ({ "": bounds })),
});
const RATIO = [0.69, 0.71] as const;

const PANELS: Record<string, Expected> = {
  "Webhooks answered within 100 ms": one(RATIO),
  "Intents understood within 500 ms": one(RATIO),
  "Replies written within 2 s": one(RATIO),
  "Customers answered within 3 s": one(RATIO),
  "Messages answered": { of: "real", targets: [{ "": between(0.6, 0.72) }] },
  // 70 turns at $0.02 and 30 at $0.0002; the first messages of all are those that Prometheus saw come.
  "Cost of 1,000 messages": one(between(12, 18)),
  "The customer's wait": one(between(0.75, 1), between(5, 7.5), between(5, 7.5)),
  Reply: one(between(0.3, 0.5), between(4, 5), between(4, 5)),
  Intent: one(between(0.1, 0.2), between(0.75, 1), between(0.75, 1)),
  Webhook: one(between(0.025, 0.05), between(0.2, 0.3), between(0.2, 0.3)),
  "Stages, p95": {
    ...{ of: "made", by: "stage" },
    targets: [{ classify: between(0.75, 1), respond: between(4, 5), draft: between(0.005, 0.01) }],
  },
  "Tools, p95": { of: "real", by: "tool", targets: [{ lookup: between(0, 60) }] },
  Messages: {
    ...{ of: "real", by: "result" },
    targets: [{ "": near(24 / MINUTES) }, { bot: near(16 / MINUTES), person: between(0, 0) }],
  },
  "Turns by rung": {
    ...{ of: "made", by: "rung" },
    targets: [{ full: near(70 / MINUTES), fallback_model: near(30 / MINUTES) }],
  },
  "Turns by intent": {
    ...{ of: "made", by: "intent" },
    targets: [{ order_status: near(70 / MINUTES), product_question: near(30 / MINUTES) }],
  },
  "Failures by place": { of: "made", by: "code", targets: [{ respond: near(30) }] },
  "Failed sends by Meta's code": { of: "real", by: "code", targets: [{ "131026": near(8) }] },
  "Other than planned": {
    ...{ of: "real", by: "name" },
    targets: [
      {
        ...{
          dead: near(9),
          ambiguous: between(0, 0),
          confirmed_by_status_report: between(0, 0),
          cut: between(0, 0),
        },
        ...{
          redelivered: between(0, 0),
          resent: between(0, 0),
          resumed: between(0, 0),
          withheld: between(0, 0),
        },
      },
    ],
  },
  "Open now": one(between(0, 0), between(1, 1), between(1, 1), between(0, 0), between(0, 0)),
  "Burn rate of the budgets, 1 h": {
    ...{ of: "made", by: "objective" },
    targets: [
      {
        ...{ webhook: between(29, 31), intent: between(5.9, 6.1), reply: between(5.9, 6.1) },
        ...{ wait: between(5.9, 6.1), availability: between(0, 0), cost: between(24, 36) },
      },
    ],
  },
  "Model cost by model": { of: "made", by: "model", targets: [{ large: near(1.4), small: near(0.006) }] },
  Tokens: {
    ...{ of: "made", by: "model" },
    targets: [
      { large: near(70_000), small: near(30_000) },
      { large: near(7_000), small: near(3_000) },
    ],
  },
  "Figures behind": one(between(0, 60)),
  Handoffs: one(between(0, 0)),
};

describe("the dashboard", () => {
  test.each(dashboard.panels)("$title", async ({ title, targets }) => {
    const { of, by = "", targets: wanted } = PANELS[title] ?? expect.fail("nothing is expected of it");
    const tenant = of === "made" ? feed.madeId : feed.realId;
    expect(targets).toHaveLength(wanted.length);
    for (const [at, { expr }] of targets.entries()) {
      const expression = expr
        .replaceAll("$tenant", tenant)
        .replaceAll("$__rate_interval", RANGE)
        .replaceAll("$__range", RANGE);
      const answer = await prometheus.query(expression);
      const bounds = wanted[at] ?? {};
      expect(answer.map(({ metric }) => metric[by] ?? "").sort(), expr).toEqual(Object.keys(bounds).sort());
      for (const { metric, value } of answer) {
        const [least, most] = bounds[metric[by] ?? ""] ?? [0, -1];
        expect(value, expr).toBeGreaterThanOrEqual(least);
        expect(value, expr).toBeLessThanOrEqual(most);
      }
    }
  });

  test("every panel that is expected is there, and the list of companies is what Prometheus has", async () => {
    expect(dashboard.panels.map(({ title }) => title).sort()).toEqual(Object.keys(PANELS).sort());
    const { query } = dashboard.templating.list.find(({ name }) => name === "tenant") ?? {};
    expect(query).toEqual({ query: "label_values(chasqui_received_total, tenant)", refId: "tenants" });
    expect(await prometheus.labelValues("tenant", "chasqui_received_total")).toEqual(
      [feed.madeId, feed.realId].sort(),
    );
  });
});

describe("the rules", () => {
  /** Which alerts are on, by name and what they are about. */
  const ON = () => [
    // 30 % are too slow: of webhooks 30 times as many as may be, of the others six times.
    `ChasquiBurnsFast webhook made`,
    `ChasquiBurns webhook made`,
    ...["intent", "reply", "wait", "webhook"].flatMap((name) => [
      `ChasquiBurnsSlowly ${name} made`,
      `ChasquiBudgetEnds ${name} made`,
    ]),
    ...["ChasquiBurnsFast", "ChasquiBurns", "ChasquiBurnsSlowly", "ChasquiBudgetEnds"].map(
      (name) => `${name} availability real`,
    ),
    "ChasquiStranded  made",
    "ChasquiDeadLetters  real",
    "ChasquiSendsFail  real",
    "ChasquiCostBurns cost made",
    "ChasquiCostsTooMuch cost made",
    "ChasquiDependencyFails model real",
  ];

  test("every rule is evaluated, and just those alerts are on that should be", async () => {
    const rules = await prometheus.rules();
    expect(rules.length).toBeGreaterThan(40);
    expect(
      rules.filter(({ health }) => health !== "ok").map(({ name, lastError }) => [name, lastError]),
    ).toEqual([]);
    for (const { query } of rules) await prometheus.query(query);
    const own = (id: string | undefined) => (id === feed.madeId ? "made" : "real");
    const on = rules.flatMap(({ name, alerts = [] }) =>
      alerts.map(({ labels }) => `${name} ${labels.objective ?? labels.name ?? ""} ${own(labels.tenant)}`),
    );
    // Of messages really sent it is not for this test to say how quick they were.
    const chosen = on.filter((line) => !/(intent|reply|wait|webhook) real$/.test(line));
    expect(chosen.sort()).toEqual(ON().sort());
  });

  test("what an alert says is whole, and leads to a section that exists", async () => {
    for (const { annotations } of (await prometheus.rules()).flatMap(({ alerts = [] }) => alerts)) {
      expect(`${annotations.summary}${annotations.description}`).not.toMatch(/<error|\{\{/);
      const [page = "", anchor] = (annotations.runbook ?? "").split("#");
      expect(exists(page)).toBe(true);
      const headings = found(read(page), /^#+ +(.+)$/gm).map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, "")
          .replace(/\s/g, "-"),
      );
      if (anchor) expect(headings).toContain(anchor);
    }
  });

  test("objectives are those of the pages", () => {
    const text = readFileSync(RULES, "utf8");
    for (const [name, objective] of Object.entries(OBJECTIVES)) {
      const allowed = objective.kind === "cost" ? objective.limitUsd / 1_000 : 1 - objective.share;
      const budget = Math.round(allowed * 1e6) / 1e6;
      const lines = text.split("\n").filter((_, at, all) => all[at - 1]?.includes(`objective: ${name} }`));
      expect(lines).toHaveLength(7);
      for (const line of lines) {
        expect(line.endsWith(` / ${budget}`), line).toBe(true);
        if (objective.kind === "duration")
          expect(line).toContain(`le="${(objective.limitMs / 1_000).toFixed(1)}"`);
      }
    }
  });
});

test("Prometheus' own tool finds nothing to say", async () => {
  expect(promtool(["check", "rules", RULES])).toContain("SUCCESS");
  const page = await fetch(`${world.url}/api/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(promtool(["check", "metrics"], await page.text())).toBe("");
});
