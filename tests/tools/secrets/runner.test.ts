import { createHmac } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { startCalendar } from "../../../fakes/systems/calendar.ts";
import { startMenuMcp } from "../../../fakes/systems/menu-mcp.ts";
import { createSealer } from "../../../lib/crypto/seal.ts";
import { boundTo } from "../../../lib/tools/behalf/secrets.ts";
import { namedBy } from "../../../lib/tools/behalf/variables.ts";
import { pinOf } from "../../../lib/tools/mcp/pin.ts";
import type { DeclaredTool, OnBehalfOf } from "../../../lib/types/tools/declared.ts";
import { ANA, json, NOW_MS, never, runnerFor, startSystem, toolAt } from "../http/system.ts";

const KEY = new Uint8Array(32).fill(7);
const sealer = createSealer([KEY]);
const sealed = (value: string, name: string, tenantId = "t1") => sealer.seal(value, boundTo(tenantId, name));

/** Values of a company by name, sealed for it. */
async function owning(values: Record<string, string>, id = "t1"): Promise<OnBehalfOf> {
  const entries = Object.entries(values).map(async ([name, value]) => [name, await sealed(value, name, id)]);
  return {
    ...ANA,
    tenant: { id, phoneNumberId: "100", secrets: Object.fromEntries(await Promise.all(entries)) },
  };
}

/** A system, a runner that has the key, and a tool whose header names a secret. */
async function setUp(secretKeys: readonly Uint8Array[] = [KEY]) {
  const system = await startSystem(json({ ok: true }));
  const made = runnerFor({ allowed: [system.host], secretKeys });
  const tool = toolAt({ url: system.url, headers: { "x-api-key": `k \${secret:KEY}` } });
  const run = (behalf: OnBehalfOf, one = tool) => made.runner.run(one, { day: "mon" }, behalf, never);
  return { ...made, system, tool, run };
}

test("fills in headers, the beginning of the URL and the signing secret", async () => {
  const { system, run } = await setUp();
  const tool = toolAt({
    url: `\${secret:BASE}/slots`,
    headers: { "x-api-key": `k \${secret:KEY}` },
    context: `\${secret:SIGNING}`,
  });
  expect(namedBy(tool)).toEqual({ variables: [], secrets: ["BASE", "SIGNING", "KEY"] });
  const behalf = await owning({ BASE: `${system.url}/v2/`, KEY: "hush", SIGNING: "sign", MORE: "unused" });
  expect(await run(behalf, tool)).toEqual({ ok: true, answer: { ok: true } });
  const { url, headers = {} } = system.received[0] ?? {};
  expect([url, headers["x-api-key"]]).toEqual(["/v2/slots", "k hush"]);
  const signed = `${NOW_MS / 1000}.${headers["x-chasqui-context"]}.`;
  const digest = createHmac("sha256", "sign").update(signed).digest("hex");
  expect(headers["x-chasqui-signature"]).toBe(`t=${NOW_MS / 1000},v1=${digest}`);
});

test("two companies with the same tool send each its own", async () => {
  const { system, run } = await setUp();
  await run(await owning({ KEY: "of one" }, "t1"));
  await run(await owning({ KEY: "of two" }, "t2"));
  expect(system.received.map(({ headers }) => headers["x-api-key"])).toEqual(["k of one", "k of two"]);
});

test("a row that was copied to another company or name does not open, not even when it was just opened", async () => {
  const { system, run, warned } = await setUp();
  const one = await owning({ KEY: "hush", OTHER: "other" });
  await run(one);
  const { KEY: kept = "", OTHER: other = "" } = one.tenant.secrets ?? {};
  const copies = [
    { id: "t2", phoneNumberId: "200", secrets: { KEY: kept } },
    { id: "t1", phoneNumberId: "100", secrets: { KEY: other } },
  ];
  for (const tenant of copies)
    expect(await run({ ...ANA, tenant })).toEqual({
      ok: false,
      code: "missing_variable",
      mayHaveHappened: false,
    });
  expect(system.received).toHaveLength(1);
  expect(warned).toHaveLength(2);
  expect(warned[0]).toMatchObject({ variable: "secret:KEY", fix: expect.stringContaining("another key") });
});

test.each([
  ["is not set", [KEY], {}, "npm run tools -- secret set KEY"],
  ["is a name of every object", [KEY], {}, "secret set constructor"],
  ["has no key", [], { KEY: "hush" }, "SECRETS_KEY is not set"],
  ["was sealed under another key", [new Uint8Array(32)], { KEY: "hush" }, "sealed under another key"],
] as const)(
  "one that %s is missing_variable with its fix, and never its value",
  async (_, keys, values, fix) => {
    const { system, run, tool, warned } = await setUp(keys);
    const name = fix.includes("constructor") ? "constructor" : "KEY";
    const asked = {
      ...tool,
      via: { ...tool.via, headers: { "x-api-key": `\${secret:${name}}` } },
    } as DeclaredTool;
    expect(await run(await owning(values), asked)).toMatchObject({ code: "missing_variable" });
    expect(warned).toMatchObject([{ event: "tool.missing_variable", fix: expect.stringContaining(fix) }]);
    expect(JSON.stringify(warned)).not.toContain("hush");
    expect(system.received).toEqual([]);
  },
);

test("an old key beside the new one opens what was sealed before", async () => {
  const { system, run } = await setUp([new Uint8Array(32), KEY]);
  await run(await owning({ KEY: "hush" }));
  expect(system.received[0]?.headers["x-api-key"]).toBe("k hush");
});

test("one that is set anew counts from the next call on, for sessions with MCP servers too", async () => {
  const { system, run } = await setUp();
  for (const value of ["before", "after"]) await run(await owning({ KEY: value }));
  expect(system.received.map(({ headers }) => headers["x-api-key"])).toEqual(["k before", "k after"]);

  const menu = await startMenuMcp();
  onTestFinished(menu.close);
  const { runner } = runnerFor({ allowed: [menu.host], secretKeys: [KEY] });
  const { name, description, inputSchema: input } = LISTED;
  const tool: DeclaredTool = {
    ...{ name, description, input },
    via: {
      kind: "mcp",
      tool: "search_menu",
      url: menu.url,
      pin: await pinOf(LISTED),
      headers: { authorization: `Bearer \${secret:KEY}` },
    },
  };
  const [before, after] = [await owning({ KEY: "before" }), await owning({ KEY: "after" })];
  for (const behalf of [before, before, after]) await runner.run(tool, { words: "quinoa" }, behalf, never);
  expect(menu.calls.map(({ headers }) => headers.get("authorization"))).toEqual(
    ["before", "before", "after"].map((value) => `Bearer ${value}`),
  );
});

const LISTED = {
  name: "search_menu",
  description: "Dishes of the menu that have these words.",
  inputSchema: {
    required: ["words"],
    type: "object",
    properties: { words: { description: "In the customer's language", type: "string" } },
  },
};

test("a calendar's private address may be one", async () => {
  const calendar = await startCalendar();
  onTestFinished(calendar.close);
  const { runner } = runnerFor({ allowed: [calendar.host], secretKeys: [KEY] });
  const behalf = await owning({ CALENDAR: calendar.url });
  const profile = { hours: "", timeZone: "UTC", openingHours: { monday: ["09:00-11:00"] } };
  const tool: DeclaredTool = {
    ...{ name: "free_slots", description: "Free slots", input: { type: "object" } },
    via: { kind: "ical", url: `\${secret:CALENDAR}`, slotMinutes: 60 },
  };
  const tenant = { ...behalf.tenant, profile };
  expect(await runner.run(tool, {}, { ...behalf, tenant }, never)).toMatchObject({ ok: true });
});
