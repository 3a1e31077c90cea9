import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTurnReader } from "../../db/console/turns.ts";
import { createRetention, deleteCustomers } from "../../db/retention.ts";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { routesOf } from "../../host/server/routes.ts";
import { serve } from "../../host/server/server.ts";
import type { StoredTurn } from "../../lib/types/console/turns.ts";
import { later } from "../support/later.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({
    endpoints: true,
    // Each step of a turn is a call of its own.
    env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "30000", REPLY_OVERLAP: "off" },
  });
});
afterAll(() => world.close());
afterEach(() => world.model.setFault(null));

const somebody = () => world.customer(`5193100${1000 + people++}`);

/** The latest turn as it is stored. */
async function latest(): Promise<StoredTurn> {
  const [row] = await world.sql<{ id: string; tenantId: string }>`
    select id, tenant_id as "tenantId" from turns order by started_at desc limit 1`;
  const turn = await createTurnReader(world).read(row?.tenantId ?? "", row?.id ?? "");
  if (!turn) throw new Error("no turn");
  return turn;
}

async function ask(text: string, fault: ModelFaultRule | null = null, customer = somebody()) {
  world.model.setFault(fault);
  const sent = await customer.send(text);
  await world.drain();
  return { customer, sent, turn: await latest() };
}

const rows = async (table: "exchanges" | "prompts"): Promise<number> => {
  const [row] = await world.sql<{ n: number }>`
    select case ${table} when 'exchanges' then (select count(*)::int from exchanges) else (select count(*)::int from prompts) end as n`;
  return row?.n ?? -1;
};

describe("what is kept of a turn", () => {
  test("is what each model was sent and said, with its prompt, tools and tokens", async () => {
    world.model.requests.length = 0;
    const { turn } = await ask("¿dónde está mi pedido?");
    const [intent, lookup, reply, ...more] = turn.calls ?? [];
    expect(more).toEqual([]);
    expect(intent).toMatchObject({
      ...{ of: "intent", rung: null, model: "gpt-4o-mini", continues: false, tools: [], error: null },
      sent: [{ role: "user", text: "¿dónde está mi pedido?" }],
      inputTokens: expect.any(Number),
    });
    expect(intent?.said[0]?.text).toContain('"intent":"order_status"');
    expect(lookup).toMatchObject({
      ...{ of: "reply", rung: "full", model: "gpt-4o", continues: false },
      sent: [
        { role: "user", text: "【profile name: Ana】" },
        { role: "user", text: "¿dónde está mi pedido?" },
      ],
      said: [{ role: "assistant", tool: "lookup" }],
    });
    expect(lookup?.tools).toContain("lookup");
    // The second step adds to the first: what it called, and what came back.
    expect(reply).toMatchObject({
      continues: true,
      sent: [
        { role: "assistant", tool: "lookup" },
        { role: "tool", tool: "lookup" },
      ],
    });
    expect(JSON.parse(reply?.sent[1]?.text ?? "")).toEqual(turn.toolCalls[0]?.output);
    expect(reply?.said).toEqual([{ role: "assistant", text: expect.stringMatching(/\S/) }]);
    const tokens = turn.calls?.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0);
    expect(tokens).toBe(turn.inputTokens);
    // With the model that was called.
    const usedBy = (name: string, key: "inputTokens" | "outputTokens") =>
      turn.calls?.reduce((sum, call) => sum + (call.model === name ? (call[key] ?? 0) : 0), 0);
    expect(turn.models).toMatchObject(
      ["gpt-4o-mini", "gpt-4o"].map((model) => ({
        ...{ model, costUsd: expect.any(Number) },
        ...{ inputTokens: usedBy(model, "inputTokens"), outputTokens: usedBy(model, "outputTokens") },
      })),
    );
    const usd = turn.models?.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    expect(usd).toBeCloseTo(turn.costUsd ?? -1, 8);
    // Word for word what the service got.
    const system = world.model.requests.map(({ messages }) => messages[0]?.text);
    const prompts = turn.calls?.map(({ prompt, localTime }) =>
      turn.prompts[prompt]?.replace("{local time}", localTime ?? ""),
    );
    expect(prompts).toEqual(system);
  });

  test("stores a prompt once, whoever asks and whenever", async () => {
    await ask("¿cuánto cuesta el envío?");
    const before = await rows("prompts");
    const { turn } = await ask("¿cuánto cuesta el envío?");
    expect(await rows("prompts")).toBe(before);
    expect(Object.keys(turn.prompts)).toHaveLength(2);
  });

  test("has what failed, and what a model said that was not used", async () => {
    const { turn } = await ask("¿cuánto cuesta el envío?", ({ kind, model }) =>
      kind === "classify" ? { content: "no JSON at all" } : model === "gpt-4o" ? { status: 500 } : null,
    );
    const [intent, ...replies] = turn.calls ?? [];
    expect(intent).toMatchObject({ said: [{ text: "no JSON at all" }], error: expect.stringMatching(/\w/) });
    expect(replies[0]).toMatchObject({ rung: "no_classification", said: [], error: "http_500" });
    expect(replies.at(-1)).toMatchObject({ rung: "fallback_model", error: null });
  });

  test("is there when the reply could not be stored, with why, and of each attempt", async () => {
    const ana = somebody();
    world.neon.setFault((body) => (body.includes("draft_reply(") ? { status: 500 } : null));
    await ana.send("¿cuánto cuesta el envío?");
    await world.drain();
    world.neon.setFault(null);
    const failed = await latest();
    expect(failed).toMatchObject({
      state: "retry",
      errors: ["turn:unreachable"],
      intent: "product_question",
    });
    expect(failed.calls?.map(({ of }) => of)).toEqual(["intent", "reply", "reply"]);
    expect(failed.calls?.at(-1)?.said[0]?.text).toMatch(/\S/);
    expect(failed.costUsd).toBeGreaterThan(0);
    await world.sql`update conversations set lease_expires_at = null, retry_at = null where id = ${failed.conversationId}::uuid`;
    await ana.send("¿y a Cusco?");
    await world.drain();
    const answered = await latest();
    expect(answered).toMatchObject({ state: "answered", errors: [], conversationId: failed.conversationId });
    expect(answered.id).not.toBe(failed.id);
    expect(answered.calls?.length).toBeGreaterThan(1);
  });

  test("is there when Meta's 24 hours ended while the model wrote", async () => {
    const { customer } = await ask("¿cuánto cuesta el envío?");
    let ended: Promise<unknown> = Promise.resolve();
    world.model.setFault(({ kind }) => {
      if (kind !== "classify")
        ended = world.sql`
          update conversations c set window_ends_at = now() - interval '1 minute'
            from customers u where u.id = c.customer_id and u.phone = ${customer.phone}`;
      return kind === "classify" ? null : { delayMs: 300 };
    });
    await customer.send("¿y a Cusco?");
    await world.drain();
    await ended;
    const turn = await latest();
    expect(turn).toMatchObject({ state: "dead", errors: ["window:closed"] });
    expect(turn.calls?.map(({ of }) => of)).toEqual(["intent", "reply", "reply"]);
  });

  test("is bounded, with the beginning and the end of what is long", async () => {
    const { turn } = await ask(`¿cuánto cuesta ${"lana ".repeat(700)} FIN?`);
    const sayings = (turn.calls ?? []).flatMap(({ sent, said }) => [...sent, ...said]);
    expect(Math.max(...sayings.map(({ text }) => text.length))).toBeLessThanOrEqual(4_000);
    expect(sayings[0]?.text).toMatch(/^¿cuánto .*FIN\?$/s);
  });

  test("is nothing when no model was asked", async () => {
    const { turn } = await ask("stop");
    expect(turn.rung).toBe("fixed");
    expect(turn.calls).toBeNull();
  });
});

describe("what is kept goes", () => {
  test("with the customer who is forgotten", async () => {
    const { customer, turn } = await ask("¿cuánto cuesta el envío?");
    expect(turn.calls).not.toBeNull();
    const before = await rows("exchanges");
    expect(await deleteCustomers(world, [customer.phone])).toBe(1);
    expect(await rows("exchanges")).toBe(before - 1);
  });

  test("when they delete a message that it may hold, and no sooner", async () => {
    const { customer, sent } = await ask("mi clave secreta es 4711, ¿cuánto cuesta el envío?");
    const other = await ask("¿cuánto cuesta el envío?");
    const { turn } = await ask("¿y a Cusco?", null, customer);
    expect(JSON.stringify(turn.calls)).toContain("4711");
    await customer.send("", { type: "revoke", revoke: { original_message_id: sent.waMessageId } });
    await world.drain();
    const reader = createTurnReader(world);
    expect((await reader.read(turn.tenantId, turn.id))?.calls).toBeNull();
    expect((await reader.read(turn.tenantId, other.turn.id))?.calls).not.toBeNull();
    const [kept] = await world.sql<{ n: number }>`
      select count(*)::int as n from exchanges where calls::text like '%4711%'`;
    expect(kept?.n).toBe(0);
  });

  test("after its days, with prompts that nothing names any more", async () => {
    await later(world, "31 days");
    const { turn } = await ask("¿cuánto cuesta el envío?");
    const retention = createRetention(world);
    expect((await retention.purge(365, 1_000, 30)).exchanges).toBeGreaterThan(0);
    expect(await rows("exchanges")).toBe(1);
    // The process sends a prompt of this week no more, so it stays a week longer than what names it.
    const { prompts = {} } = (await createTurnReader(world).read(turn.tenantId, turn.id)) ?? {};
    expect(Object.keys(prompts)).toHaveLength(2);
    await retention.purge(365, 1_000, 0);
    expect([await rows("exchanges"), await rows("prompts")]).toEqual([0, 0]);
  });
});

describe("a turn that keeps them", () => {
  /** Round trips to the database that one turn with a tool makes, and the statements in them. */
  async function costOf(deliverTo: string) {
    const phone = somebody().phone;
    const ask = async () => {
      const message = {
        phoneNumberId: WORLD.phoneNumberId,
        from: phone,
        name: "Ana",
        timestampMs: Date.now(),
      };
      const body = textWebhook({ ...message, text: "¿dónde está mi pedido?", waMessageId: newWaMessageId() });
      await deliverWebhook(deliverTo, body, WORLD.appSecret);
    };
    await ask();
    await drainAll();
    const before = { ...world.neon.requests };
    await ask();
    await drainAll();
    const { http, statements } = world.neon.requests;
    return { http: http - before.http, statements: statements - before.statements };
  }

  const drains = [() => world.drain()];
  const drainAll = async () => {
    for (const drain of drains) await drain();
  };

  test("makes no round trip more than one that does not", async () => {
    // Reports come in one statement or in two, as they happen to come together.
    world.graph.setStatuses("none");
    const environment = { ...world.environment, KEEP_EXCHANGES: "off" };
    const routes = routesOf(
      join(PROJECT_DIRECTORY, "api"),
      hostPlatform(() => environment),
    );
    const off = await serve({
      port: 0,
      host: "127.0.0.1",
      projectDirectory: PROJECT_DIRECTORY,
      routes,
      onError: () => {},
    });
    drains.push(off.drain);
    try {
      const without = await costOf(`${off.url}/api/whatsapp/webhook`);
      expect((await latest()).calls).toBeNull();
      expect(await costOf(world.webhookUrl)).toEqual(without);
      expect((await latest()).calls).toHaveLength(3);
      expect(without.statements).toBeGreaterThan(2);
    } finally {
      world.graph.setStatuses("auto");
      await off.close();
    }
  });
});
