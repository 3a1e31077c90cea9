import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createDatabase } from "../../db/client.ts";
import { createRollUp } from "../../db/metrics.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { composeBase } from "../../lib/compose/base.ts";
import { composeRollUp } from "../../lib/compose/exports/roll-up.ts";
import { readExposition, sumOf } from "../exports/exposition.ts";
import { later } from "../support/later.ts";
import { startWorld, type World } from "../support/world.ts";

const TOKEN = "a-token-for-metrics-0123456789";
const ANA = "51987650001";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    otlp: true,
    env: { METRICS_TOKEN: TOKEN, OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=a%20b" },
  });
});
afterAll(() => world.close());

// The rules of OTLP's data model and of its JSON: https://opentelemetry.io/docs/specs/otel/metrics/data-model/
const number64 = z.string().regex(/^\d{1,20}$/);
const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: z.strictObject({ stringValue: z.string() }) }))
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "a key twice");
const times = { startTimeUnixNano: number64, timeUnixNano: number64 };
const inOrder = ({ startTimeUnixNano, timeUnixNano }: { startTimeUnixNano: string; timeUnixNano: string }) =>
  BigInt(startTimeUnixNano) <= BigInt(timeUnixNano);
const head = {
  name: z.string().regex(/^[a-zA-Z][\w./-]{0,254}$/),
  description: z.string(),
  unit: z.string().optional(),
};
const histogramPoint = z
  .strictObject({
    ...{ attributes, ...times, count: number64, sum: z.number() },
    ...{ bucketCounts: z.array(number64), explicitBounds: z.array(z.number()) },
  })
  .refine(inOrder)
  .refine(({ bucketCounts, explicitBounds }) => bucketCounts.length === explicitBounds.length + 1)
  .refine(({ explicitBounds }) =>
    explicitBounds.every((bound, at) => at === 0 || bound > (explicitBounds[at - 1] ?? 0)),
  )
  .refine(
    ({ bucketCounts, count }) => bucketCounts.reduce((sum, each) => sum + BigInt(each), 0n) === BigInt(count),
  );
const sumPoint = z.strictObject({ attributes, ...times, asDouble: z.number().min(0) }).refine(inOrder);
const gaugePoint = z.strictObject({ attributes, timeUnixNano: number64, asDouble: z.number() });
const metric = z.union([
  z.strictObject({
    ...head,
    histogram: z.strictObject({
      dataPoints: z.array(histogramPoint).min(1),
      aggregationTemporality: z.literal(2),
    }),
  }),
  z.strictObject({
    ...head,
    sum: z.strictObject({
      dataPoints: z.array(sumPoint).min(1),
      aggregationTemporality: z.literal(2),
      isMonotonic: z.literal(true),
    }),
  }),
  z.strictObject({ ...head, gauge: z.strictObject({ dataPoints: z.array(gaugePoint).min(1) }) }),
]);
const exported = z.strictObject({
  resourceMetrics: z.tuple([
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeMetrics: z.tuple([
        z.strictObject({ scope: z.strictObject({ name: z.literal("chasqui") }), metrics: z.array(metric) }),
      ]),
    }),
  ]),
});

/** The sum of the data points of a metric. */
function numberOf(all: readonly z.output<typeof metric>[], name: string): number {
  const found = all.find((each) => each.name === name) ?? expect.fail(`no ${name}`);
  if ("histogram" in found)
    return found.histogram.dataPoints.reduce((sum, { count }) => sum + Number(count), 0);
  const { dataPoints } = "sum" in found ? found.sum : found.gauge;
  return dataPoints.reduce((sum, { asDouble }) => sum + asDouble, 0);
}

test("what has been counted goes to the collector beside the traces, by its rules and as Prometheus gets it", async () => {
  const otlp = world.otlp ?? expect.fail();
  await world.customer(ANA, "Ana Quispe").send("¿dónde está mi pedido 1001?");
  await world.drain();
  await later(world, "3 minutes");
  expect((await world.resume()).status).toBe(200);
  await world.drain();

  expect(otlp.metrics()).toHaveLength(1);
  const request = otlp.requests().find(({ path }) => path === "/v1/metrics");
  expect(request?.headers).toMatchObject({ "content-type": "application/json", "x-api-key": "a b" });
  const [{ resource, scopeMetrics }] = exported.parse(otlp.metrics()[0]).resourceMetrics;
  expect(resource.attributes).toEqual([{ key: "service.name", value: { stringValue: "chasqui" } }]);
  const { metrics } = scopeMetrics[0];
  const page = await fetch(`${world.url}/api/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const samples = readExposition(await page.text());
  for (const name of ["received", "answered", "turns", "sent", "tokens_in", "cost_usd", "anomalies"])
    expect(numberOf(metrics, `chasqui.${name}`), name).toBe(sumOf(samples, `chasqui_${name}_total`));
  for (const name of ["wait", "reply", "intent", "webhook", "stage"])
    expect(numberOf(metrics, `chasqui.${name}`), name).toBe(sumOf(samples, `chasqui_${name}_seconds_count`));
  expect(numberOf(metrics, "chasqui.wait")).toBe(1);
  expect(metrics.find(({ name }) => name === "chasqui.wait")?.unit).toBe("s");
  const text = otlp.bodies().join("\n");
  for (const secret of [ANA, "Quispe", "pedido"]) expect(text).not.toContain(secret);

  // Nothing is sent of a minute that has been counted.
  await world.resume();
  await world.drain();
  expect(otlp.metrics()).toHaveLength(1);
});

test("a collector that takes nothing stops nothing, and one that wants only traces gets no figures", async () => {
  const otlp = world.otlp ?? expect.fail();
  otlp.answer(503);
  await createRollUp(world).rebuild(30);
  expect(await (await world.resume()).json()).toEqual({ found: 0, resumed: 0 });
  await world.drain();
  expect(otlp.metrics()).toHaveLength(2);
  expect(world.errors).toEqual([]);

  const environment: Record<string, string> = { ...world.environment, OTEL_METRICS_EXPORTER: "none" };
  const base = composeBase(hostPlatform(() => environment));
  const database = createDatabase(environment.POSTGRES_URL ?? "");
  expect(composeRollUp(base, database).sendFigures).toBeNull();
});
