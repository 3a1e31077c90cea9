import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "../../db/client.ts";
import { loadCompany, readCompany } from "../../db/company.ts";
import { createVersions } from "../../db/console/versions.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { writeCompanyFolder } from "../../host/company/export.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { changesBetween, diffOf, itemsOf, withChanges } from "../../lib/company/changes.ts";
import { checkCompany } from "../../lib/company/check.ts";
import type { Company } from "../../lib/types/company.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { startStores, type TestStores } from "../support/stores.ts";

const FREE_SLOTS: DeclaredTool = {
  name: "free_slots",
  description: "Lists free appointments of a day.",
  input: { type: "object", properties: { day: { type: "string", format: "date" } }, required: ["day"] },
  via: { kind: "http", method: "GET", url: "https://clinic.example/slots", query: { day: "day" } },
  timeoutMs: 1_500,
};
const BOOK: DeclaredTool = {
  name: "book",
  description: "Books one.",
  input: { type: "object", properties: { slot: { type: "string" } } },
  via: { kind: "http", method: "POST", url: "https://clinic.example/appointments" },
  answer: { pick: { number: "/number" } },
  effect: { ask: { es: "¿Reservo {slot}?" }, done: { es: "Listo: {answer.number}" }, minutes: 5 },
};

let stores: TestStores;
let folder: string;
let demo: Required<Company>;
beforeAll(async () => {
  stores = await startStores({ engine: "PostgreSQL" });
  folder = await mkdtemp(join(tmpdir(), "chasqui-tools-"));
  demo = { ...(await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"))), intents: {}, tools: [] };
});
afterAll(async () => {
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

/** A company folder with these files in `tools/`. */
async function withFiles(name: string, files: Record<string, string>): Promise<string> {
  const own = join(folder, name);
  await writeCompanyFolder(own, demo);
  await mkdir(join(own, "tools"), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(own, "tools", file), text);
  return own;
}

test("a folder's tools go into the database, a claim's company, and out again", async () => {
  const own = await withFiles("good", {
    "free_slots.json": JSON.stringify({ ...FREE_SLOTS, name: undefined }),
    "book.yaml": `description: Books one.
input: { type: object, properties: { slot: { type: string } } }
via: { kind: http, method: POST, url: https://clinic.example/appointments }
answer: { pick: { number: /number } }
effect:
  ask: { es: "¿Reservo {slot}?" }
  done: { es: "Listo: {answer.number}" }
  minutes: 5
`,
  });
  const company = await readCompanyFolder(own);
  expect(company.tools).toEqual([BOOK, FREE_SLOTS]);
  const database = createDatabase(stores.databaseUrl);
  await loadCompany(database, "200", company);
  const live = await readCompany(database, "200");
  expect(live?.tools).toEqual([BOOK, FREE_SLOTS]);
  await writeCompanyFolder(join(folder, "out"), live as Required<Company>);
  expect((await readCompanyFolder(join(folder, "out"))).tools).toEqual([BOOK, FREE_SLOTS]);
  const [row] = await database.sql<{ claim: { tenant: { tools: unknown } } }>`
    select claim_json(null::conversations, t, null::customers, null::turns, null) as claim from tenants t
      where phone_number_id = '200'`;
  expect(row?.claim.tenant.tools).toEqual([BOOK, FREE_SLOTS]);
});

test("a version that knows nothing of tools leaves those that are live, and the way back has its own", async () => {
  const database = createDatabase(stores.databaseUrl);
  const { tenantId } = await loadCompany(database, "201", { ...demo, tools: [FREE_SLOTS] });
  const { profile, intents, knowledge: passages } = demo;
  // As code of before tools were data calls it.
  const version = { profile: { ...profile, hours: "de 8 a 12" }, intents, passages, note: "", items: [] };
  await database.sql`select load_company('201', ${JSON.stringify(version)}::jsonb)`;
  const versions = createVersions(database);
  expect((await versions.find(tenantId, 2))?.company.tools).toEqual([FREE_SLOTS]);
  expect((await versions.live(tenantId))?.tenant.tools).toEqual([FREE_SLOTS]);
  await loadCompany(database, "201", { ...demo, tools: [] });
  expect((await versions.live(tenantId))?.company.tools).toEqual([]);
  expect(await versions.makeLive(tenantId, 1, 3)).toBe("live");
  expect((await versions.live(tenantId))?.company.tools).toEqual([FREE_SLOTS]);
});

test("a draft changes, adds and takes away tools by name", () => {
  const before = { ...demo, tools: [BOOK] };
  const changed = { ...BOOK, timeoutMs: 900 };
  const changes = { tools: { free_slots: FREE_SLOTS, book: changed } };
  const after = withChanges(before, changes);
  expect(after.tools).toEqual([changed, FREE_SLOTS]);
  expect(changesBetween(before, after).tools).toEqual(changes.tools);
  expect(itemsOf(changesBetween(after, before))).toEqual(["tools.book", "tools.free_slots"]);
  expect(diffOf(before, after).find(({ item }) => item === "tools.book")?.after).toContain("900");
  expect(withChanges(after, { tools: { book: null } }).tools).toEqual([FREE_SLOTS]);
  expect("company" in checkCompany(after)).toBe(true);
});

test("each mistake is told by file, line and field", async () => {
  const own = await withFiles("bad", {
    "lookup.json": JSON.stringify({ ...FREE_SLOTS, name: "lookup" }),
    "slots.json": `{
  "description": "Lists.",
  "input": { "type": "string" },
  "via": {
    "kind": "http",
    "method": "FETCH",
    "url": "/slots"
  },
  "colour": 1
}`,
    "broken.json": '{\n  "description": "x"\n  "input": {}\n}',
    "broken.yaml": 'description: x\nvia: "a\n',
    "notes.txt": "",
    "remind.json": `{
  "description": "Books.",
  "input": { "type": "object", "properties": { "day": { "type": "string" } } },
  "via": { "kind": "http", "method": "POST", "url": "https://clinic.example/x" },
  "effect": { "ask": { "es": "¿?" }, "done": { "es": "." },
    "remind": {
      "at": "tomorrow",
      "key": "{day}",
      "before": 5, "quiet": "21-8",
      "template": {
        "name": "Cita",
        "languageCodes": {} },
      "values": [] } }
}`,
    "twice.json": JSON.stringify({ ...FREE_SLOTS, name: "same" }),
    "twice2.json": JSON.stringify({ ...FREE_SLOTS, name: "same" }),
  });
  const message = await readCompanyFolder(own).then(
    () => "",
    (error: Error) => error.message,
  );
  for (const part of [
    /tools\/lookup.json:1 "name" is the name of a tool that is built in/,
    /tools\/slots.json:3 "input" .*"type" must be "object"/,
    /tools\/slots.json:6 "via.method" /,
    /tools\/slots.json:7 "via.url" is not an absolute address/,
    /tools\/slots.json:\d .*colour/,
    /tools\/remind.json:7 "effect.remind.at" names no {field}/,
    /tools\/remind.json:9 "effect.remind.before" /,
    /tools\/remind.json:9 "effect.remind.quiet" are no quiet hours/,
    /tools\/remind.json:11 "effect.remind.template.name" is not a template's name/,
    /tools\/remind.json:12 "effect.remind.template.languageCodes" has no language/,
    /tools\/broken.json:3 is not JSON/,
    /tools\/broken.yaml:\d is not YAML/,
    /tools\/notes.txt: is no tool/,
    /tools\/twice2?.json:1 "name" is the name of another tool too/,
  ])
    expect(message).toMatch(part);
});
