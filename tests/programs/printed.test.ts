import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { indented, oneLine } from "../../host/machine/terminal.ts";
import { report } from "../../scripts/doctor/report.ts";
import { runHere, runToEnd } from "../support/program.ts";
import { startWorld, type World } from "../support/world.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

/** All that a terminal obeys: colours, the cursor, titles, links, single-byte CSI; and lines made to look like ours. */
const HOSTILE = [
  "\u001b[2J\u001b[HAna",
  "\u001b]0;title\u0007",
  "\u001b]8;;https://evil.example\u001b\\link",
  "\u009b2J\u009d0;x\u009c",
  "\rforged\u000bline\fhere\u0085there\u2028and\u2029on",
  "\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c",
  "\n\n00000000-0000-4000-8000-000000000000  since 2026-01-01 00:00 UTC",
  "\b\b\b\u007f\u000e",
].join("");
const OBEYED = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const FORGED = /^0{8}-/m;

let world: World;
const ran = new Set<string>();
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** The first time in a process of its own. */
async function run(file: string, ...args: string[]) {
  const runs = ran.has(file) ? runHere : runToEnd;
  ran.add(file);
  const { stdout, stderr } = await runs(file, args, { POSTGRES_URL: world.serverUrl ?? "" });
  expect(stderr).toBe("");
  return stdout;
}

test("npm run handoffs shows a hostile name and summary as plain text of their own lines", async () => {
  const ana = world.customer("51955550001");
  await ana.send("quiero hablar con una persona");
  await ana.waitForReply();
  await world.drain();
  await world.sql`update customers set name = ${HOSTILE} where phone = '51955550001'`;
  await world.sql`update handoffs set summary = ${HOSTILE}`;
  const printed = await run("scripts/handoffs.ts");
  expect(printed).toContain("Ana");
  expect(printed).not.toMatch(OBEYED);
  expect(printed).not.toMatch(FORGED);
  expect(printed.trimEnd().split("\n")).toHaveLength(3);
});

test("npm run dead shows hostile names and words as plain text, for people and for programs", async () => {
  const ana = world.customer("51955550002");
  const refused = { status: 400, body: { error: { code: 131026, message: "Message undeliverable" } } };
  world.graph.setFault(() => refused);
  await ana.send("hola");
  await world.drain();
  world.graph.setFault(null);
  await world.sql`update customers set name = ${HOSTILE} where phone = '51955550002'`;
  await world.sql`update messages set text = ${HOSTILE}`;
  const listed = await run("scripts/dead.ts", "list", "--json");
  const [{ id = "" } = {}] = JSON.parse(listed) as { id: string }[];
  const [shown, json] = [
    await run("scripts/dead.ts", "show", id),
    await run("scripts/dead.ts", "show", id, "--json"),
  ];
  for (const printed of [listed, shown, json]) expect(printed).not.toMatch(OBEYED);
  expect(shown).not.toMatch(FORGED);
  // Programs get what is there, to the letter.
  expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(HOSTILE).slice(1, 20));
});

test("npm run turn shows a turn without words, and with them no phone, no secret and nothing that a terminal obeys", async () => {
  const words = `${HOSTILE} soy +51 955 550 003, mi token es sk-abcdefghijklmnop123, ¿dónde está mi pedido?`;
  await world.customer("51955550003").send(words);
  await world.drain();
  const [{ id = "" } = {}] = await world.sql<{
    id: string;
  }>`select id from turns order by started_at desc limit 1`;
  const [bare, full, json] = [
    await run("scripts/turn.ts", id),
    await run("scripts/turn.ts", id, "--words"),
    await run("scripts/turn.ts", id, "--words", "--json"),
  ];
  expect(bare).toMatch(/intent {3}\w+ \(\d+ %\), by model/);
  expect(bare).toMatch(/respond +\d+\.\d ms +█+ +target 2000 ms/);
  expect(bare).toMatch(/sent {3}user: \d+ characters/);
  expect(bare).not.toMatch(/pedido|You sort/);
  expect(full).toContain("¿dónde está mi pedido?");
  expect(full).toContain("You sort the messages");
  for (const printed of [bare, full, json]) {
    expect(printed).not.toMatch(OBEYED);
    expect(printed).not.toMatch(FORGED);
    expect(printed).not.toMatch(/955 ?550 ?003|sk-abcdef/);
  }
  expect(JSON.parse(json)).toMatchObject({ id, rung: "full" });
  const ends = await Promise.all(
    [["no-id"], [], ["00000000-0000-4000-8000-000000000000"], ["--help"]].map(
      async (args) => (await runHere("scripts/turn.ts", args, { POSTGRES_URL: world.serverUrl ?? "" })).code,
    ),
  );
  expect(ends).toEqual([2, 2, 1, 0]);
});

test("npm run doctor shows what services call themselves as plain text", () => {
  const finding = {
    section: "services",
    name: "WhatsApp",
    status: "ok",
    message: HOSTILE,
    fix: null,
  } as const;
  expect(report([finding], false).split("\n")).toHaveLength(4);
});

test("text for a line is one line, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(indented(text, 2)).not.toMatch(/\n(?! {2})/);
    }),
  );
});

test("words of people and scripts are not changed", () => {
  for (const text of ["María José", "👩🏽‍🌾 🇵🇪", "شركة", "नमस्ते", "a\u200cb"])
    expect(oneLine(text)).toBe(text);
});

test("no command prints in another way", () => {
  const folder = join(import.meta.dirname, "../../scripts");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    // The gates print names of our own files.
    .filter((name) => !/^(terminal|check-\w+)\.ts$|^(law|edge)\//.test(name));
  expect(files.length).toBeGreaterThan(20);
  const printing = files.filter((name) =>
    /\bconsole\.[a-z]+\(|process\.std(out|err)/.test(readFileSync(join(folder, name), "utf8")),
  );
  expect(printing).toEqual([]);
});
