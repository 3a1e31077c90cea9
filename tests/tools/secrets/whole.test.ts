/** Two companies with the same tool files and different secrets: set by the command, used by the bot, never shown. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { loadCompany } from "../../../db/company.ts";
import {
  DEMO_COMPANIES,
  type RunningSystem,
  startCompanySystem,
} from "../../../fakes/companies/companies.ts";
import { PROJECT_DIRECTORY } from "../../../host/bot.ts";
import { readCompanyFolder } from "../../../host/company/folder.ts";
import type { DeclaredTool } from "../../../lib/types/tools/declared.ts";
import { tap } from "../../acts/support.ts";
import { createRowsOf, rowsOf } from "../../store/twins.ts";
import { createCustomer } from "../../support/customer.ts";
import { type Ran, runHere, runToEnd } from "../../support/program.ts";
import { startWorld, WORLD, type World } from "../../support/world.ts";

const NUMBERS = [WORLD.phoneNumberId, "208812345678901"] as const;
const [, B] = NUMBERS;
const OF_B = {
  accessToken: "EAAtest-other-token-9876543210",
  appSecret: "test-other-secret-9876543210abcdef",
};
const KEYS = [1, 2].map((fill) => Buffer.alloc(32, fill).toString("base64"));
const [OLD_KEY = "", NEW_KEY = ""] = KEYS;

/** Secret of each number's own system. */
const signingOf = (number: string): string => `hush-hush-${number}`;

let systems: RunningSystem[];
let world: World;
const logged: string[] = [];

beforeAll(async () => {
  const { restaurant } = DEMO_COMPANIES;
  const { system } = restaurant ?? {};
  if (!restaurant || !system) throw new Error("the restaurant has a system");
  systems = await Promise.all(
    NUMBERS.map((number) => startCompanySystem(system, { secret: signingOf(number), now: Date.now })),
  );
  for (const way of ["log", "warn", "error"] as const)
    vi.spyOn(console, way).mockImplementation((...words) => void logged.push(words.join(" ")));
  world = await startWorld({
    env: {
      ...{ REPLY_OVERLAP: "off", INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000", LOG_LEVEL: "debug" },
      ALLOW_TOOL_HOSTS: systems.map(({ url }) => new URL(url).host).join(","),
      SECRETS_KEY: `${NEW_KEY},${OLD_KEY}`,
      COMPANY_API_SECRET: undefined,
      COMPANY_API_URL: undefined,
      WHATSAPP_NUMBERS: JSON.stringify([{ phoneNumberId: B, ...OF_B }]),
    },
    graph: { accessTokens: { [B]: OF_B.accessToken }, appSecrets: { [B]: OF_B.appSecret } },
    otlp: true,
  });
  const company = await readCompanyFolder(join(PROJECT_DIRECTORY, restaurant.folder));
  const tools = company.tools.map(withSecrets);
  for (const number of NUMBERS) await loadCompany(world, number, { ...company, tools });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await world.close();
  await Promise.all(systems.map(({ close }) => close()));
});

const withSecrets = (tool: DeclaredTool): DeclaredTool => ({
  ...tool,
  via: {
    ...tool.via,
    url: tool.via.url.replace("env:TOOL_RESTAURANT_URL", "secret:BASE"),
    context: `\${secret:SIGNING}`,
  } as DeclaredTool["via"],
});

const environment = (keys = OLD_KEY) => ({
  ...{ POSTGRES_URL: world.serverUrl ?? "", WHATSAPP_PHONE_NUMBER_ID: NUMBERS[0], SECRETS_KEY: keys },
  WHATSAPP_NUMBERS: JSON.stringify([{ phoneNumberId: B, ...OF_B }]),
});
const told = ({ code, stdout, stderr }: Ran) => ({ code, text: (code === 0 ? stdout : stderr).trim() });
const command = async (args: readonly string[], keys?: string) =>
  told(await runHere("scripts/tools.ts", ["secret", ...args], environment(keys)));
const set = async (name: string, value: string, number: string, keys?: string) =>
  told(
    await runToEnd("scripts/tools.ts", ["secret", "set", name, "--number", number], environment(keys), {
      stdin: `${value}\n`,
    }),
  );

async function dump(): Promise<string> {
  await createRowsOf(world);
  const tenants = await world.sql<{ id: string }>`select id from tenants`;
  return JSON.stringify(await Promise.all(tenants.map(({ id }) => rowsOf(world, id))));
}

test("the command sets them from stdin, says what is missing, and never shows one", async () => {
  expect((await command(["list"])).text).toMatch(
    /^BASE +not set {2}for book_table, .*\nSIGNING +not set {2}for book_table/,
  );
  expect(await command(["set", "SIGNING"], "")).toMatchObject({
    code: 1,
    text: expect.stringMatching(/^SECRETS_KEY is not set.*\n.*openssl rand -base64 32/),
  });
  expect(await command(["set", "signing"])).toMatchObject({ code: 1, text: expect.stringContaining("A-Z") });
  expect(await command(["remove", "SIGNING"])).toEqual({ code: 1, text: "There is no secret SIGNING." });
  for (const [value, why] of [
    ["", "empty"],
    ["a\nb", "one line"],
    ["é", "ASCII"],
    ["x".repeat(2_001), "2,000"],
  ] as const)
    expect(await set("SIGNING", value, B)).toMatchObject({ code: 1, text: expect.stringContaining(why) });
  expect(await command(["set", "A", "value"])).toMatchObject({ code: 2 });

  for (const [at, number] of NUMBERS.entries()) {
    expect(await set("SIGNING", signingOf(number), number)).toEqual({ code: 0, text: "SIGNING is set." });
    expect(await set("BASE", systems[at]?.url ?? "", number)).toEqual({ code: 0, text: "BASE is set." });
  }
  expect(await set("UNUSED", "hush-hush-unused", B)).toMatchObject({
    text: `UNUSED is set.\nNo tool of the live version names \${secret:UNUSED} yet.`,
  });
  expect((await command(["list", "--number", B])).text).toMatch(
    /^BASE +set 20\S+ \S+ UTC {2}for book_table.*\nSIGNING .*\nUNUSED +set .* no tool of the live version names it$/,
  );
  const lines = await world.sql<{ act: string; detail: object }>`
    select act, detail from audit_log where operator_email = 'npm run tools' order by id`;
  expect(lines.map(({ act, detail }) => `${act} ${JSON.stringify(detail)}`)).toEqual(
    ["SIGNING", "BASE", "SIGNING", "BASE", "UNUSED"].map((name) => `secret.set {"name":"${name}"}`),
  );
});

test("each company's own is used for a look and for an act that the customer confirmed", async () => {
  const ofB = createCustomer({ phone: "5215577000002", name: "Ana", phoneNumberId: B }, world.graph, (body) =>
    world.deliver(body, { secret: OF_B.appSecret }),
  );
  for (const customer of [world.customer("5215577000001"), ofB]) {
    await customer.send("Quiero reservar una mesa para 4 el viernes a las 20:00");
    await world.drain();
    const [act] = await world.sql<{ id: string }>`
      select a.id from acts a join customers u on u.id = a.customer_id where u.phone = ${customer.phone}`;
    await customer.send("Confirmar", tap(act?.id ?? ""));
    await world.drain();
    expect(customer.replies()[1]?.text).toMatch(/M-\d{4}/);
  }
  const acts = await world.sql<{ state: string }>`select state from acts`;
  expect(acts).toEqual([{ state: "executed" }, { state: "executed" }]);
});

test("no value is in the database, in logs, in traces, at the model, or in what is exported", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chasqui-secrets-"));
  const exported = await runHere("scripts/company.ts", ["export", join(folder, "out")], environment());
  expect(exported.code).toBe(0);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), "utf8")),
  );
  await rm(folder, { recursive: true });
  expect(texts.join()).toContain(`\${secret:SIGNING}`);
  const rows = await dump();
  expect(rows).toContain('"sealed":"v1.');
  const everywhere = [rows, logged, texts, world.model.requests, world.otlp?.bodies()];
  expect(world.otlp?.bodies().length).toBeGreaterThan(0);
  for (const place of everywhere) {
    const text = JSON.stringify(place);
    expect(text).not.toContain("hush-hush");
    for (const { url } of systems) expect(text).not.toContain(url);
  }
});

test("keys are changed without a moment in which nothing opens", async () => {
  expect((await command(["list"], NEW_KEY)).text).toContain("does not open with SECRETS_KEY: set it again");
  const both = `${NEW_KEY},${OLD_KEY}`;
  expect((await command(["list"], both)).text).toContain("sealed under an old key: secret reseal");
  expect(await command(["reseal"], NEW_KEY)).toMatchObject({
    code: 1,
    text: "0 resealed. No key of SECRETS_KEY opens BASE, SIGNING: set them again.",
  });
  expect((await command(["reseal"], both)).text).toBe(
    "2 resealed: all 2 open with the first key of SECRETS_KEY alone.",
  );
  expect((await command(["list"], NEW_KEY)).text).toMatch(/^BASE +set [^·]*\nSIGNING +set [^·]*$/);
});

test("one that is removed is missed at the next message, and a company that is deleted has none left", async () => {
  expect((await command(["remove", "BASE"])).text).toMatch(/^BASE is removed. These tools do not work/);
  const customer = world.customer("5215577000003");
  await customer.send("¿qué mesas tienen libres el viernes?");
  await world.drain();
  expect(logged.join("\n")).toContain('"variable":"secret:BASE","fix":"npm run tools -- secret set BASE');
  await world.sql`delete from tenants where phone_number_id = ${B}`;
  const left = await world.sql<{ name: string }>`select name from tool_secrets order by name`;
  expect(left).toEqual([{ name: "SIGNING" }]);
});
