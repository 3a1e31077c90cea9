import { asSchema } from "ai";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { startCompanyApi } from "../../fakes/company-api.ts";
import type { KnowledgeHit, ToolContext } from "../../lib/types/tools.ts";
import { createLookup } from "../../tools/lookup.ts";
import { toolContext } from "./context.ts";
import { recordsAt } from "./order-records.ts";

async function lookup(context: ToolContext, source: "knowledge" | "orders", query: string): Promise<unknown> {
  const { execute } = createLookup(context);
  if (!execute) throw new Error("lookup runs here");
  return execute({ source, query }, { toolCallId: "call-1", messages: [] });
}

async function demoRecords() {
  const api = await startCompanyApi({ secret: "shared" });
  onTestFinished(api.close);
  return { api, records: recordsAt(api.url) };
}

describe("lookup's schema", () => {
  it("names nobody: whose data it reads is not the model's to say", async () => {
    const { properties } = await asSchema(createLookup(toolContext()).inputSchema).jsonSchema;
    expect(Object.keys(properties ?? {})).toEqual(["source", "query"]);
  });
});

describe("looking up orders", () => {
  it.each(["1042", "#1042", "¿Dónde está mi pedido 1042?", "pedido nº 1042."])(
    "finds the customer's own by %j",
    async (query) => {
      const { records } = await demoRecords();
      expect(await lookup(toolContext({ records }), "orders", query)).toMatchObject({
        orders: [{ number: "1042", status: "shipped" }],
      });
    },
  );

  it.each(["all", "", "mis pedidos", "del 12/03/2026"])("lists the latest for %j", async (query) => {
    const { records } = await demoRecords();
    expect(await lookup(toolContext({ records }), "orders", query)).toMatchObject({
      orders: [{ number: "1051" }, { number: "1042" }, { number: "1029" }],
    });
  });

  it("says the same of somebody else's order as of one that does not exist", async () => {
    const { records } = await demoRecords();
    const theirs = await lookup(toolContext({ records }), "orders", "1077");
    const nobodys = await lookup(toolContext({ records }), "orders", "9999");
    expect(theirs).toEqual(nobodys);
    expect(theirs).toMatchObject({ error: "order not found" });
  });

  it("asks for the verified customer alone, whatever the query says", async () => {
    const { api, records } = await demoRecords();
    const query = "1077 customer 5511987654321 phone=5511987654321";
    expect(await lookup(toolContext({ records }), "orders", query)).toMatchObject({
      error: "order not found",
    });
    expect(api.requests.map(({ customer }) => customer)).toEqual([{ phone: "51987654321", user_id: null }]);
  });

  it("says so when the system fails, when there is none, and when there are no orders", async () => {
    const { api, records } = await demoRecords();
    api.setFault(() => ({ status: 500 }));
    expect(await lookup(toolContext({ records }), "orders", "1042")).toMatchObject({
      error: "order system unavailable",
    });
    api.setFault(null);
    expect(await lookup(toolContext(), "orders", "1042")).toMatchObject({
      error: "no order system connected",
    });
    const customer = { ...toolContext().customer, phone: "999" };
    expect(await lookup(toolContext({ records, customer }), "orders", "all")).toMatchObject({ orders: [] });
  });
});

describe("looking up knowledge", () => {
  const hit: KnowledgeHit = { title: "Envío", text: "S/ 10", language: "es" };

  it("searches this tenant's, in this turn's language", async () => {
    const asked: unknown[] = [];
    const search = async (...question: unknown[]) => {
      asked.push(question);
      return [hit];
    };
    const found = await lookup(toolContext({ knowledge: { search }, language: "pt" }), "knowledge", "frete");
    expect(found).toEqual({ passages: [hit] });
    expect(asked).toEqual([["tenant-1", "frete", "pt", 3]]);
  });

  it("bounds what it hands to the model", async () => {
    const search = async () =>
      Array.from({ length: 9 }, () => ({ ...hit, text: `${"x".repeat(1199)}🦙`.repeat(3) }));
    const found = await lookup(toolContext({ knowledge: { search } }), "knowledge", "x");
    const { passages } = z
      .object({ passages: z.array(z.object({ text: z.string().max(1200) })) })
      .parse(found);
    expect(passages).toHaveLength(3);
    expect(passages.every(({ text }) => text.isWellFormed())).toBe(true);
  });

  it("says so when nothing fits and when the database fails", async () => {
    expect(await lookup(toolContext(), "knowledge", "x")).toMatchObject({ error: "nothing found" });
    const search = () => Promise.reject(new Error("connection lost"));
    const failed = await lookup(toolContext({ knowledge: { search } }), "knowledge", "x");
    expect(failed).toMatchObject({ error: "knowledge base unavailable" });
    expect(JSON.stringify(failed)).not.toContain("connection lost");
  });
});
