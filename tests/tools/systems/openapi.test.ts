import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { INJECTION, type Misbehaviour, startWorkshop } from "../../../fakes/systems/workshop.ts";
import { PROJECT_DIRECTORY } from "../../../host/bot.ts";
import { readCompanyFolder } from "../../../host/company/folder.ts";
import { ANA, json, NOW_MS, never, runnerFor, SECRET, startSystem } from "../http/system.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-openapi-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FILE = {
  openapi: "workshop.openapi.yaml",
  base: `\${env:TOOL_WORKSHOP_URL}/v2`,
  headers: { "X-Api-Key": `\${env:TOOL_WORKSHOP_KEY}` },
  operations: {
    listSlots: {},
    getRepair: { answer: { pick: { state: "/state" } } },
    bookRepair: {
      name: "book_repair",
      effect: { ask: { en: "Bring it {slot}?" }, done: { en: "Booked: {answer.number}." } },
    },
  },
};

/** The tools of a company folder with the workshop's document and this file. */
async function toolsOf(name: string, file: object, document?: string) {
  const own = join(folder, name);
  await cp(join(PROJECT_DIRECTORY, "demo"), own, { recursive: true });
  for (const part of ["intents", "tools"]) await rm(join(own, part), { recursive: true });
  await mkdir(join(own, "tools"), { recursive: true });
  const from = join(PROJECT_DIRECTORY, "fakes/systems/workshop.openapi.yaml");
  const to = join(own, "tools/workshop.openapi.yaml");
  await (document === undefined ? cp(from, to) : writeFile(to, document));
  await writeFile(join(own, "tools/workshop.json"), JSON.stringify(file, null, 2));
  return readCompanyFolder(own).then(
    ({ tools }) => ({ tools, message: "" }),
    (error: Error) => ({ tools: [], message: error.message }),
  );
}

/** The stand-in, its tools by name, and a runner for them. */
async function workshop() {
  const elsewhere = await startSystem(json({ slots: [] }));
  const system = await startWorkshop({
    apiKey: "k",
    secret: SECRET,
    now: () => NOW_MS,
    elsewhere: elsewhere.url,
  });
  onTestFinished(system.close);
  const { tools } = await toolsOf("good", FILE);
  const variables = { TOOL_WORKSHOP_URL: system.url, TOOL_WORKSHOP_KEY: "k" };
  const { runner } = runnerFor({ allowed: [system.host], variables });
  const run = (name: string, input: Record<string, string>, behalf = ANA) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    return runner.run({ ...tool, timeoutMs: 400 }, input, behalf, never);
  };
  return { system, elsewhere, tools, run };
}

test("makes a tool of each allowed operation, without what names a customer", async () => {
  const { tools, message } = await toolsOf("tools", FILE);
  expect(message).toBe("");
  expect(tools.map(({ name }) => name)).toEqual(["book_repair", "get_repair", "list_slots"]);
  expect(tools[0]).toMatchObject({
    description: "Books a time for a repair",
    input: {
      type: "object",
      properties: { slot: {}, problem: { maxLength: 300 } },
      required: ["slot", "problem"],
    },
    via: { kind: "http", method: "POST", url: `\${env:TOOL_WORKSHOP_URL}/v2/repairs`, headers: FILE.headers },
    answer: { schema: { type: "object", required: ["number", "state"] } },
    effect: FILE.operations.bookRepair.effect,
  });
  expect(Object.keys(tools[0]?.input.properties ?? {})).toEqual(["slot", "problem"]);
  expect(tools[1]?.via).toMatchObject({ url: `\${env:TOOL_WORKSHOP_URL}/v2/repairs/{number}` });
});

test("reads, books once for one key, and shows a customer's own only", async () => {
  const { run, system } = await workshop();
  expect(await run("list_slots", { day: "2026-12-01" })).toEqual({
    ok: true,
    answer: { slots: [{ id: "s1", at: "2026-12-01 09:00" }] },
  });
  for (let n = 0; n < 3; n++)
    expect(await run("book_repair", { slot: "s1", problem: "brakes" })).toMatchObject({
      ok: true,
      answer: { number: "R-1" },
    });
  expect(system.booked.size).toBe(1);
  expect(await run("get_repair", { number: "R-1" })).toEqual({ ok: true, answer: { state: "booked" } });
  const other = { ...ANA, customer: { phone: "51987654321", waUserId: null } };
  expect(await run("get_repair", { number: "R-1" }, other)).toEqual({
    ok: false,
    code: "http_404",
    mayHaveHappened: false,
  });
  expect(await run("get_repair", { number: "../slots" })).toMatchObject({ code: "invalid_input" });
});

test.each([
  ["slow", "timeout"],
  ["wrong schema", "invalid_answer"],
  ["redirect", "redirect"],
  ["endless", "too_large"],
  ["breaks off", "connection"],
  ["not JSON", "invalid_answer"],
  ["busy", "http_503"],
] as [Misbehaviour, string][])("%s: nothing is shown, and an effect may have happened", async (how, code) => {
  const { run, system, elsewhere } = await workshop();
  system.misbehave(how);
  expect(await run("list_slots", { day: "2026-12-01" })).toEqual({ ok: false, code, mayHaveHappened: false });
  expect(await run("book_repair", { slot: "s1", problem: "brakes" })).toEqual({
    ok: false,
    code,
    mayHaveHappened: true,
  });
  expect(elsewhere.received).toEqual([]);
});

test("words in an answer stay data", async () => {
  const { run, system } = await workshop();
  system.misbehave("prompt injection");
  expect(await run("list_slots", { day: "2026-12-01" })).toEqual({
    ok: true,
    answer: { slots: [{ id: "s1", at: INJECTION }] },
  });
  expect(system.booked.size).toBe(0);
});

test("each mistake is told by file, line and field", async () => {
  const { message } = await toolsOf("bad", {
    ...FILE,
    headers: {},
    operations: { bookRepair: {}, getRepair: { name: "lookup" }, none: {} },
  });
  for (const part of [
    /tools\/workshop.json:6 "operations.bookRepair" needs a key: write "headers": \{ "x-api-key": /,
    /tools\/workshop.json:6 "operations.bookRepair" changes something, by its method POST/,
    /tools\/workshop.json:10 "operations.none" is no operation of the document: listSlots, getRepair, bookRepair/,
    /"name" is the name of a tool that is built in/,
  ])
    expect(message).toMatch(part);
});

test.each([
  ["swagger: '2.0'", /convert it from Swagger 2.0/],
  ["openapi: 3.1.0\npaths: {", /names a document that cannot be used: line 2 is not YAML/],
  ["openapi: 3.1.0\npaths: {}", /names no absolute server|is no operation/],
  ["openapi: 3.1.0\npaths: { /x: { $ref: 'https://evil.example/x.yaml' } }", /is no operation/],
  ["openapi: 3.1.0\npaths: { /x: { $ref: '/etc/passwd' } }", /is no operation/],
])("refuses a document: %j", async (document, problem) => {
  const { message } = await toolsOf(
    `document-${Buffer.from(document).toString("hex").slice(-24)}`,
    FILE,
    document,
  );
  expect(message).toMatch(problem);
});
