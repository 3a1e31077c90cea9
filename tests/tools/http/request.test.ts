import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildUrl, templateProblem, UnsendableError } from "../../../lib/tools/http/url.ts";
import { runs, SEED } from "../../support/seed.ts";
import { ANA, json, NOW_MS, never, runnerFor, SECRET, startSystem, toolAt } from "./system.ts";

const contextIn = (header: unknown) => JSON.parse(Buffer.from(String(header), "base64url").toString());

test("encodes fields for their places, and sends the rest as JSON", async () => {
  const system = await startSystem(json({ done: true }));
  const { runner } = runnerFor({ allowed: [system.host] });
  const url = `${system.url}/days/{day}?lang=es`;
  const input = { day: "1 & 2?", service: "a=b&c", count: 2 };
  const tool = toolAt({ method: "POST", url, query: { q: "service", missing: "absent" } });
  expect(await runner.run(tool, input, ANA, never)).toEqual({ ok: true, answer: { done: true } });
  expect(system.received[0]).toMatchObject({
    method: "POST",
    url: "/days/1%20%26%202%3F?lang=es&q=a%3Db%26c",
    body: '{"count":2}',
  });
});

test("signs time, context and body, and says on whose behalf with every spelling", async () => {
  const system = await startSystem(json({}));
  const { runner } = runnerFor({ allowed: [system.host] });
  await runner.run(toolAt({ method: "POST", url: `${system.url}/x` }), { day: "mon" }, ANA, never);
  const { headers, body } = system.received[0] ?? {};
  const context = headers?.["x-chasqui-context"];
  expect(contextIn(context)).toEqual({
    tenant: "t1",
    number: "100",
    customer: { phone: "5215577788899", user_id: "PE.1", phones: ["5215577788899", "525577788899"] },
    conversation: "c1",
    idempotency_key: "turn-1:book",
    request: `POST ${system.url}/x`,
  });
  const time = NOW_MS / 1000;
  const digest = createHmac("sha256", SECRET).update(`${time}.${context}.${body}`).digest("hex");
  expect(headers?.["x-chasqui-signature"]).toBe(`t=${time},v1=${digest}`);
  expect(headers?.["idempotency-key"]).toBe("turn-1:book");
});

test("a tool's own secret signs in place of the shared one, and a foreign system gets no context", async () => {
  const system = await startSystem(json({}));
  const { runner } = runnerFor({ allowed: [system.host], variables: { TOOL_CLINIC: "clinic's" } });
  const url = `${system.url}/x`;
  await runner.run(toolAt({ url, context: "TOOL_CLINIC" }), { day: "mon" }, ANA, never);
  await runner.run(toolAt({ url, context: "none" }), { day: "mon" }, ANA, never);
  const [own, none] = system.received.map(({ headers }) => headers);
  const time = NOW_MS / 1000;
  const signed = `${time}.${own?.["x-chasqui-context"]}.`;
  const digest = createHmac("sha256", "clinic's").update(signed).digest("hex");
  expect(own?.["x-chasqui-signature"]).toBe(`t=${time},v1=${digest}`);
  expect(Object.keys(none ?? {}).filter((name) => name.startsWith("x-chasqui"))).toEqual([]);
});

test("puts secrets of the environment into headers and the address, and none of a tool's over ours", async () => {
  const system = await startSystem(json({}));
  const variables = { TOOL_KEY: "k-1", TOOL_BASE: `${system.url}/` };
  const { runner } = runnerFor({ allowed: [system.host], variables });
  const headers = {
    Authorization: `Bearer \${env:TOOL_KEY}`,
    "X-Chasqui-Context": "forged",
    "idempotency-key": "forged",
    Host: "other.example",
  };
  const url = `\${env:TOOL_BASE}/days/{day}`;
  await runner.run(toolAt({ url, headers }), { day: "mon" }, ANA, never);
  expect(system.received[0]?.headers).toMatchObject({
    authorization: "Bearer k-1",
    "idempotency-key": "turn-1:book",
    host: system.host,
  });
  expect(contextIn(system.received[0]?.headers["x-chasqui-context"])).toHaveProperty("customer");
});

test.each(["TOOL_GONE", "POSTGRES_URL", "TOOL_lower"])(
  "calls nothing without variable %s, and says so",
  async (name) => {
    const system = await startSystem(json({}));
    const { runner, warned } = runnerFor({
      allowed: [system.host],
      variables: { POSTGRES_URL: "secret", TOOL_lower: "x" },
    });
    const headers = { authorization: `\${env:${name}}` };
    expect(await runner.run(toolAt({ url: system.url, headers }), { day: "mon" }, ANA, never)).toEqual({
      ok: false,
      code: "missing_variable",
      mayHaveHappened: false,
    });
    expect(warned).toEqual([
      { event: "tool.missing_variable", tool: "free_slots", variable: name, fix: expect.any(String) },
    ]);
    expect(JSON.stringify(warned)).not.toContain("secret");
    expect(system.received).toEqual([]);
  },
);

test("calls nothing without a secret that signs", async () => {
  const { runner, warned } = runnerFor({ secret: null });
  const tool = toolAt({ url: "https://example.com/" });
  expect(await runner.run(tool, { day: "mon" }, ANA, never)).toMatchObject({ code: "missing_variable" });
  expect(warned).toMatchObject([{ variable: "COMPANY_API_SECRET" }]);
});

test("sends only what the schema names, at every depth", async () => {
  const system = await startSystem(json({}));
  const { runner } = runnerFor({ allowed: [system.host] });
  const slot = { type: "object", properties: { at: { type: "string" } } };
  const tool = toolAt(
    { method: "POST", url: system.url },
    {
      input: {
        type: "object",
        properties: { slots: { type: "array", items: slot }, open: { type: "object" } },
        allOf: [{ properties: { note: { type: "string" } } }],
      },
    },
  );
  const input = {
    slots: [{ at: "9", phone: "5" }],
    open: { user_id: "x" },
    note: "n",
    phone: "5",
    customer: {},
  };
  await runner.run(tool, input, ANA, never);
  expect(JSON.parse(system.received[0]?.body ?? "")).toEqual({ slots: [{ at: "9" }], open: {}, note: "n" });
});

test.each([{}, { day: 1 }, { day: "x", count: 1.5 }, [], null, "day", { day: "x".repeat(20_000) }])(
  "refuses input that does not fit: %j",
  async (input) => {
    const system = await startSystem(json({}));
    const { runner } = runnerFor({ allowed: [system.host] });
    const outcome = await runner.run(toolAt({ url: system.url }), input, ANA, never);
    expect(outcome).toEqual({ ok: false, code: "invalid_input", mayHaveHappened: false });
    expect(system.received).toEqual([]);
  },
);

test("no field moves a URL to another host or another depth of the path", () => {
  const template = "https://api.example.com/v1/{a}/items/{b}?q={c}";
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "../..",
      "//evil.example",
      "\\\\evil",
      "@evil.example",
      "#",
      "?x=1",
      "",
    ),
    fc.integer(),
  );
  fc.assert(
    fc.property(piece, piece, piece, (a, b, c) => {
      try {
        const url = buildUrl(template, { more: "c" }, { a, b, c });
        expect(url.origin).toBe("https://api.example.com");
        const [, v1, first, items, second, ...rest] = url.pathname.split("/");
        expect([v1, items, rest.length]).toEqual(["v1", "items", 0]);
        expect([decodeURIComponent(first ?? ""), decodeURIComponent(second ?? "")]).toEqual(
          [String(a), String(b)].map((text) => text.toWellFormed()),
        );
        expect(url.hash).toBe("");
        expect([...url.searchParams.keys()]).toEqual(["q", "more"]);
      } catch (error) {
        if (!(error instanceof UnsendableError)) throw error;
      }
    }),
    { seed: SEED, numRuns: runs(2_000) },
  );
});

test.each([
  ["https://{host}/x", "a {field} stands before the path"],
  ["https://a.example{x}", "a {field} stands before the path"],
  ["https://a.example:{port}/", "it is not an absolute URL"],
  ["ftp://a.example/", "it is neither https:// nor http://"],
  ["/orders", "it is not an absolute URL"],
  ["https://me:pass@a.example/", "it has credentials in it"],
  ["https://a.example/#{x}", "it has a #fragment"],
  ["https://a.example/{a", "a { or } is left over"],
  ["https://a.example/{a}?q={b}", null],
])("template %s: %s", (template, problem) => {
  expect(templateProblem(template)).toBe(problem);
});
