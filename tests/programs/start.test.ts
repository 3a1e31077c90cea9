import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Graph, startGraph } from "../../fakes/graph/server.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { deliverWebhook, textWebhook } from "../../host/meta-webhook.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { type Program, runProgram } from "../support/program.ts";
import { startRespEndpoint } from "../support/resp-endpoint.ts";
import { startCacheEngine } from "../support/stores.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

const NUMBER = "106540352242922";
const SECRET = "secret-of-a-test-0123456789";
let graph: Graph;
let model: OfflineModel;
let database: TestDatabase;
let directory: string;
const programs: Program[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "chasqui-start-"));
  model = await startOfflineModel();
  database = await createDatabaseFor("start", "blank");
  graph = await startGraph({
    accessToken: "token-of-a-test",
    phoneNumberIds: [NUMBER],
    appSecret: SECRET,
    statuses: "none",
  });
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill("SIGTERM");
    await program.ended;
  }
});

afterAll(async () => {
  await graph.close();
  await model.close();
  await database.close();
  rmSync(directory, { recursive: true });
});

function start(environment: Record<string, string>): Program {
  const program = runProgram("host/start.ts", [], { PORT: "0", ...environment });
  programs.push(program);
  return program;
}

const complete = () => ({
  WHATSAPP_APP_SECRET: SECRET,
  WHATSAPP_VERIFY_TOKEN: "verify",
  WHATSAPP_ACCESS_TOKEN: "token-of-a-test",
  WHATSAPP_PHONE_NUMBER_ID: NUMBER,
  WHATSAPP_API_BASE_URL: graph.url,
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: model.url,
});

const embedded = () => ({ ...complete(), CHASQUI_EMBEDDED: "1", CHASQUI_DATA_DIR: directory });

async function addressOf(program: Program): Promise<string> {
  const [, url = ""] = await program.printed(/Chasqui listens on (http:\S+)/);
  return url;
}

function write(url: string, text: string): Promise<Response> {
  const message = { phoneNumberId: NUMBER, from: "51987654321", name: "Ana", text };
  const body = textWebhook({
    ...message,
    waMessageId: `wamid.${text.replaceAll(" ", "-")}`,
    timestampMs: Date.now(),
  });
  return deliverWebhook(`${url}/api/whatsapp/webhook`, body, SECRET);
}

test("names every missing variable and its fix, and exits 1", async () => {
  const program = start({});
  expect(await program.ended).toBe(1);
  for (const name of [
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_VERIFY_TOKEN",
    "WHATSAPP_ACCESS_TOKEN",
    "WHATSAPP_PHONE_NUMBER_ID",
    "OPENAI_API_KEY",
    "KV_REST_API_URL",
    "KV_REST_API_TOKEN",
    "POSTGRES_URL",
  ])
    expect(program.stderr()).toContain(`${name} is missing: set it to`);
  expect(program.stderr()).not.toMatch(/CRON_SECRET|\bat .*\.ts/);
});

test("says which variable is wrong without repeating its value", async () => {
  const program = start({ ...embedded(), WHATSAPP_PHONE_NUMBER_ID: "+51 987", PORT: "0" });
  expect(await program.ended).toBe(1);
  expect(program.stderr()).toContain("WHATSAPP_PHONE_NUMBER_ID is not valid");
  expect(program.stderr()).not.toContain("987");
  expect(await start({ ...embedded(), PORT: "many" }).ended).toBe(1);
});

test("says so when the database cannot be reached", async () => {
  const POSTGRES_URL = "postgres://bot:hidden-password@127.0.0.1:9/chasqui";
  const program = start({ ...complete(), POSTGRES_URL, KV_REST_API_URL: "redis://127.0.0.1:9" });
  expect(await program.ended).toBe(1);
  expect(program.stderr()).toContain("POSTGRES_URL: cannot connect");
  expect(program.stderr()).not.toContain("hidden-password");
});

test("migrates a plain PostgreSQL, answers a customer, shows no simulator, and stops on SIGTERM", async () => {
  const program = start({ ...embedded(), POSTGRES_URL: database.serverUrl ?? "" });
  const url = await addressOf(program);
  expect((await write(url, "hola")).status).toBe(200);
  await expect.poll(() => graph.sent.length, { timeout: 15_000 }).toBe(1);
  expect((await fetch(`${url}/_local/state?phone=51987654321`)).status).toBe(404);
  program.kill("SIGTERM");
  expect(await program.ended).toBe(0);
});

test("reaches a plain PostgreSQL and Redis by sockets, refuses while the database is away, and goes on when it is back", async () => {
  const server = new URL(database.serverUrl ?? "");
  const wire = await startTcpProxy(Number(server.port));
  const engine = await startCacheEngine();
  const redis = await startRespEndpoint(engine);
  server.port = String(wire.port);
  const program = start({
    ...complete(),
    POSTGRES_URL: server.href,
    KV_REST_API_URL: `redis://127.0.0.1:${redis.port}`,
    RESUME_EVERY_MS: "1000",
    // The wire may be cut before the first turn has written down that it is over.
    LEASE_MS: "1000",
  });
  const url = await addressOf(program);
  const before = graph.sent.length;
  expect((await write(url, "by socket")).status).toBe(200);
  await expect.poll(() => graph.sent.length, { timeout: 15_000 }).toBe(before + 1);
  expect(redis.commands).toContain("EVALSHA");
  await wire.cut();
  expect((await write(url, "while away")).status).toBe(503);
  await wire.mend();
  expect((await write(url, "while away")).status).toBe(200);
  await expect.poll(() => graph.sent.length, { timeout: 15_000 }).toBe(before + 2);
  program.kill("SIGTERM");
  expect(await program.ended).toBe(0);
  await wire.close();
  await redis.close();
  await engine.close();
});

test("with CHASQUI_EMBEDDED=1 needs no store, keeps its data, and finishes an answer begun before SIGTERM", async () => {
  const first = start(embedded());
  const before = graph.sent.length;
  expect((await write(await addressOf(first), "buenas")).status).toBe(200);
  first.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  expect(graph.sent.length).toBe(before + 1);

  const second = start(embedded());
  const url = await addressOf(second);
  expect((await write(url, "buenas")).status).toBe(200);
  second.kill("SIGINT");
  expect(await second.ended).toBe(0);
  // The same message again: it was stored before the restart, so it is a duplicate.
  expect(graph.sent.length).toBe(before + 1);
});

test("killed right after it has acknowledged a message, starts again at once on the same data and answers it", async () => {
  const kills = Number(process.env.KILLS ?? 1);
  const before = graph.sent.length;
  for (let kill = 0; kill < kills; kill++) {
    const program = start({ ...embedded(), LEASE_MS: "1000" });
    const url = await addressOf(program);
    expect((await write(url, `hola ${kill}`)).status).toBe(200);
    program.kill("SIGKILL");
    expect(await program.ended).toBe("SIGKILL");
    expect(program.stdout()).not.toContain("waiting");
  }
  // Every message that was acknowledged is answered in the end.
  await addressOf(start({ ...embedded(), LEASE_MS: "1000", RESUME_EVERY_MS: "500" }));
  await expect
    .poll(() => graph.sent.length - before, { timeout: 60_000, interval: 200 })
    .toBeGreaterThanOrEqual(1);
});

test("names PORT when it is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const program = start({ ...embedded(), PORT: String(port) });
  expect(await program.ended).toBe(1);
  expect(program.stderr()).toContain(`Port ${port} is taken`);
  await new Promise((resolve) => other.close(resolve));
});
