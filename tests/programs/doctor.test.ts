import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ACCOUNT_ID } from "../../fakes/graph/options.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { type Ran, runHere, runToEnd } from "../support/program.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let blank: TestDatabase;

beforeAll(async () => {
  world = await startWorld({ otlp: true });
  blank = await createDatabaseFor("doctor", "blank");
});

afterEach(() => world.model.setFault(null));

afterAll(async () => {
  await blank.close();
  await world.close();
});

/** The world's own environment, the database by its plain address, with changes; undefined takes away. */
function doctor(
  changes: Record<string, string | undefined>,
  args: string[] = ["--json"],
  run = runHere,
): Promise<Ran> {
  const own = Object.fromEntries(
    Object.entries(world.environment).filter(([name]) =>
      /^(WHATSAPP|OPENAI|KV|COMPANY|CRON|OTEL)_/.test(name),
    ),
  );
  const wanted = { ...own, POSTGRES_URL: world.serverUrl ?? "", ...changes };
  const set = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return run("scripts/doctor.ts", ["--url", world.url, ...args], Object.fromEntries(set));
}

function findings({ stdout }: Ran): Map<string, { status: string; message: string; fix: string }> {
  const report: { findings: { name: string; status: string; message: string; fix: string }[] } =
    JSON.parse(stdout);
  return new Map(report.findings.map((finding) => [finding.name, finding]));
}

test("finds everything in order when it is, and shows no secret", async () => {
  const sentry = (world.otlp?.url ?? "").replace("http://", "http://public-key@");
  const set = { SENTRY_DSN: `${sentry}/42`, WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID };
  const { code, stdout: text, stderr } = await doctor(set, [], runToEnd);
  expect([code, stderr]).toEqual([0, ""]);
  expect(text).not.toMatch(/[✗!] /);
  for (const name of [
    "database",
    "cache",
    "WhatsApp",
    "templates",
    "webhook",
    "model gpt-4o",
    "telemetry",
    "Sentry",
    "company system",
  ])
    expect(text).toMatch(new RegExp(`✓ ${name} `));
  expect(text.trimEnd()).toMatch(/Ready\.$/);
  const { phoneNumberId: _public, ...secrets } = WORLD;
  for (const secret of [...Object.values(secrets), "test-model-key"]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.slice(-4));
  }
});

test("tells a refused token, a foreign number, a missing model and a missing migration apart", async () => {
  world.model.setFault((request) => (request.model === "gpt-none" ? { status: 404 } : null));
  const wrong = await doctor({
    WHATSAPP_ACCESS_TOKEN: "other-token",
    REPLY_MODEL: "gpt-none",
    POSTGRES_URL: blank.serverUrl ?? "",
    KV_REST_API_TOKEN: "other",
    WHATSAPP_APP_SECRET: "other-secret",
  });
  const foreign = await doctor({
    WHATSAPP_PHONE_NUMBER_ID: "42",
    WHATSAPP_VERIFY_TOKEN: "other",
    WHATSAPP_BUSINESS_ACCOUNT_ID: "43",
  });
  const found = findings(wrong);
  expect(wrong.code).toBe(1);
  expect(found.get("WhatsApp")).toMatchObject({ status: "failed", message: expect.stringContaining("190") });
  expect(found.get("model gpt-none")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("REPLY_MODEL"),
  });
  expect(found.get("model gpt-4o-mini")).toMatchObject({ status: "ok" });
  expect(found.get("database")).toMatchObject({ status: "failed", fix: "npm run migrate" });
  expect(found.get("cache")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("KV_REST_API_TOKEN"),
  });
  expect(found.get("webhook")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("WHATSAPP_APP_SECRET"),
  });
  const other = findings(foreign);
  expect(other.get("WhatsApp")).toMatchObject({
    status: "failed",
    message: expect.stringContaining("code 100"),
  });
  expect(other.get("templates")).toMatchObject({
    status: "warning",
    message: expect.stringContaining("code 100"),
    fix: expect.stringContaining("whatsapp_business_management"),
  });
  // Without an account there is nothing to list, and nothing is said of it.
  expect(found.has("templates")).toBe(false);
  expect(other.get("webhook")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("WHATSAPP_VERIFY_TOKEN"),
  });
  expect(other.get("database")).toMatchObject({
    status: "warning",
    fix: expect.stringContaining("npm run company"),
  });
});

test("names services that cannot be reached, without waiting for them long, and tests the rest", async () => {
  const program = await doctor({
    POSTGRES_URL: "postgres://bot:hidden-word@127.0.0.1:9/x",
    KV_REST_API_URL: "http://127.0.0.1:9",
    OPENAI_API_KEY: undefined,
    SENTRY_DSN: "http://public-key@127.0.0.1:9/42",
    COMPANY_API_SECRET: undefined,
  });
  const found = findings(program);
  expect(found.get("database")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("POSTGRES_URL"),
  });
  expect(found.get("cache")).toMatchObject({ status: "failed" });
  expect(found.get("Sentry")).toMatchObject({ status: "failed", fix: expect.stringContaining("SENTRY_DSN") });
  expect(found.get("COMPANY_API_SECRET")).toMatchObject({ status: "failed", message: "missing" });
  expect(found.has("company system")).toBe(false);
  expect(found.get("OPENAI_API_KEY")).toMatchObject({ status: "failed", message: "missing" });
  expect([...found.keys()].filter((name) => name.startsWith("model"))).toEqual([]);
  expect(found.get("WhatsApp")).toMatchObject({ status: "ok" });
  expect(program.stdout).not.toContain("hidden-word");
});

test("of several numbers it names the one that is broken, and the setting to mend", async () => {
  const more = [
    { phoneNumberId: "42" },
    { phoneNumberId: "43", accessToken: "other-token", appSecret: "other-secret" },
  ];
  const program = await doctor({ WHATSAPP_NUMBERS: JSON.stringify(more) });
  const found = findings(program);
  expect(found.get("WHATSAPP_NUMBERS")).toMatchObject({ status: "ok", message: "42, 43" });
  expect(found.get(`WhatsApp ${WORLD.phoneNumberId}`)).toMatchObject({ status: "ok" });
  expect(found.get("WhatsApp 42")).toMatchObject({
    status: "failed",
    message: expect.stringContaining("code 100"),
    fix: expect.stringContaining("phoneNumberId in entry 1 of WHATSAPP_NUMBERS"),
  });
  expect(found.get("WhatsApp 43")).toMatchObject({
    status: "failed",
    message: expect.stringContaining("code 190"),
    fix: expect.stringContaining("accessToken in entry 2 of WHATSAPP_NUMBERS"),
  });
  expect(found.get("database")).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/no company is loaded for 42, 43$/),
    fix: expect.stringContaining("npm run company -- --number 42 <folder>"),
  });
  expect(found.get("webhook")).toMatchObject({
    status: "failed",
    message: expect.stringContaining("signed for 43 is answered with 401"),
    fix: expect.stringContaining("WHATSAPP_NUMBERS"),
  });
  expect(program.stdout).not.toMatch(/other-token|other-secret/);
});

test("a list of numbers that cannot be read is said by entry and field, and the first number is tested", async () => {
  const program = await doctor({ WHATSAPP_NUMBERS: '[{"phoneNumberId":"42","accessToken":""}]' });
  const found = findings(program);
  expect(found.get("WHATSAPP_NUMBERS")).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("entry 1: accessToken"),
  });
  expect(found.get("WhatsApp")).toMatchObject({ status: "ok" });
});
