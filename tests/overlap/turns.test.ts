import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTurnReader } from "../../db/console/turns.ts";
import type { ModelFault } from "../../fakes/model/faults.ts";
import type { ParsedRequest } from "../../fakes/model/protocol/request.ts";
import type { ModelUse } from "../../lib/types/turn/record.ts";
import { gate } from "../support/gate.ts";
import { startWorld, type World } from "../support/world.ts";

/** Surely a question about an order, by its likeness. */
const ORDER = "amigo cuando va a llegar mi encomienda 4411";
/** Surely a complaint. */
const COMPLAINT = "me llegó todo roto, qué pésimo servicio";
/** Like nothing. */
const UNCLEAR = "xylofón krrp zzyx";
const EARLY = "Palabras que nadie pidió.";

let world: World;
let people = 0;
const start = (env: Record<string, string | undefined>) => async () => {
  world = await startWorld({ env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "30000", ...env } });
};
afterEach(async () => {
  world.model.setFault(null);
  await world.drain();
  world.model.requests.length = 0;
});

const newcomer = () => world.customer(`5191300${7000 + people++}`);
const isFor = (intent: string, { kind, messages }: ParsedRequest): boolean =>
  kind !== "classify" && (messages[0]?.text.includes(`Intent: ${intent}`) ?? false);
const asked = (intent: string) => world.model.requests.filter((request) => isFor(intent, request)).length;

/** The classifier's answer, given once `first` is. */
const says = (intent: string, first: Promise<unknown> = Promise.resolve()): ModelFault => ({
  content: JSON.stringify({ intent, confidence: 0.95, language: "es" }),
  first: () => first,
});

interface Turn {
  id: string;
  intent: string;
  rung: string;
  state: string;
  errors: string[];
  cost: number;
  models: ModelUse[];
  tools: string[];
}

/** The turns of a customer, in order. */
async function turnsOf({ phone }: { phone: string }): Promise<Turn[]> {
  await world.drain();
  return world.sql<Turn>`
    select t.id, t.intent, t.rung, t.state, t.errors, t.cost_usd::float8 as cost, t.models,
           array(select k.name || ' ' || coalesce(k.input ->> 'source', '') from tool_calls k where k.turn_id = t.id order by k.id) as tools
      from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
     where u.phone = ${phone} order by t.started_at`;
}

const usedToday = async (): Promise<number> =>
  (await world.sql<{ usd: number }>`select coalesce(sum(usd), 0)::float8 as usd from usage`)[0]?.usd ?? 0;

/** All that is stored of a conversation, as one text. */
async function storedOf({ phone }: { phone: string }): Promise<string> {
  const rows = await world.sql`
    select m.text, m.content::text, e.calls::text as calls, k.input::text as input, k.output::text as output
      from customers u join conversations c on c.customer_id = u.id join messages m on m.conversation_id = c.id
      left join turns t on t.conversation_id = c.id left join exchanges e on e.turn_id = t.id left join tool_calls k on k.turn_id = t.id
     where u.phone = ${phone}`;
  return JSON.stringify(rows);
}

describe("by default", () => {
  beforeAll(start({}));
  afterAll(() => world.close());

  test("the likely reply is written while the intent is asked for, and sent when the classifier agrees", async () => {
    const ana = newcomer();
    const begun = gate();
    world.model.setFault((request) => {
      if (isFor("order_status", request)) begun.open();
      // Answered only once the reply was asked for.
      return request.kind === "classify" ? says("order_status", begun.promise) : null;
    });
    await ana.send(ORDER);
    await ana.waitForReply();
    const [turn, ...more] = await turnsOf(ana);
    expect(more).toEqual([]);
    expect(turn).toMatchObject({ intent: "order_status", rung: "full", state: "answered", errors: [] });
    expect(turn?.models.some(({ discarded }) => discarded)).toBe(false);
    expect(ana.replies()).toHaveLength(1);
  });

  test("what it comes from is looked up before the model asks, which then need not", async () => {
    const ana = newcomer();
    world.model.setFault(({ kind }) => (kind === "classify" ? says("product_question") : null));
    await ana.send("amigo cuánto me sale mandar un poncho a Cusco");
    await ana.waitForReply();
    const [turn] = await turnsOf(ana);
    expect(turn).toMatchObject({ intent: "product_question", tools: ["lookup knowledge"] });
    expect(asked("product_question")).toBe(1);
  });

  describe("when the classifier disagrees", () => {
    const discarding = async (first: (request: ParsedRequest, begun: () => void) => ModelFault | null) => {
      const ana = newcomer();
      const begun = gate();
      const before = await usedToday();
      world.model.setFault((request) => {
        if (isFor("order_status", request)) return first(request, begun.open);
        return request.kind === "classify" ? says("greeting", begun.promise) : null;
      });
      await ana.send(ORDER);
      await ana.waitForReply();
      const [turn, ...more] = await turnsOf(ana);
      expect(more).toEqual([]);
      return { ana, turn, spent: (await usedToday()) - before };
    };

    test.each([
      ["in the middle of it", (): ModelFault => ({ hang: true })],
      ["when it was written", (): ModelFault => ({ content: EARLY })],
    ])("nothing of the reply is sent or stored, %s", async (_, fault) => {
      const { ana, turn } = await discarding((_request, begun) => {
        // Behind the answer, if there is one.
        setTimeout(begun, 50);
        return fault();
      });
      expect(turn).toMatchObject({
        intent: "greeting",
        rung: "full",
        state: "answered",
        errors: [],
        tools: [],
      });
      expect(ana.replies()).toHaveLength(1);
      expect(ana.replies()[0]?.text).not.toContain(EARLY);
      expect(await storedOf(ana)).not.toMatch(new RegExp(`${EARLY}|4411.*orders|order_status`));
      const kept = await createTurnReader(world).read(await tenant(), turn?.id ?? "");
      expect(kept?.calls?.map(({ of }) => of)).toEqual(["intent", "reply"]);
    });

    test("what it cost is booked, marked as discarded, by estimate when it was cut off", async () => {
      const { turn, spent } = await discarding((_request, begun) => {
        begun();
        return { hang: true };
      });
      const large = turn?.models.find(({ discarded }) => discarded);
      expect(large?.model).toBe("gpt-4o");
      expect(large?.discarded?.inputTokens).toBeGreaterThan(1_000);
      expect(large?.discarded?.costUsd).toBeGreaterThan(0);
      expect(large?.inputTokens).toBeGreaterThan(large?.discarded?.inputTokens ?? Number.POSITIVE_INFINITY);
      expect(turn?.cost).toBeGreaterThan(large?.discarded?.costUsd ?? Number.POSITIVE_INFINITY);
      expect(spent).toBeCloseTo(turn?.cost ?? -1, 8);
    });
  });

  describe("a tool with an effect", () => {
    const complaining = async (intent: string) => {
      const ana = newcomer();
      const called = gate();
      world.model.setFault((request) => {
        if (!isFor("complaint", request))
          return request.kind === "classify" ? says(intent, called.promise) : null;
        if (request.messages.at(-1)?.role === "tool") return null;
        setTimeout(called.open, 50);
        return { toolCalls: [{ name: "handoff", arguments: '{"reason":"complaint","summary":"roto"}' }] };
      });
      await ana.send(COMPLAINT);
      await ana.waitForReply();
      await world.drain();
      const handoffs = await world.sql`
        select h.reason from handoffs h join conversations c on c.id = h.conversation_id
          join customers u on u.id = c.customer_id where u.phone = ${ana.phone}`;
      return { handoffs, turns: await turnsOf(ana) };
    };

    test("is not run by a reply that is discarded", async () => {
      const { handoffs, turns } = await complaining("greeting");
      expect(handoffs).toEqual([]);
      expect(turns).toMatchObject([{ intent: "greeting", tools: [], errors: [] }]);
    });

    test("is run once the classifier agrees", async () => {
      const { handoffs, turns } = await complaining("complaint");
      expect(handoffs).toEqual([{ reason: "complaint" }]);
      expect(turns).toMatchObject([{ intent: "complaint", tools: ["handoff "], errors: [] }]);
    });
  });

  test("a process that dies in between costs nobody a reply, and adds none when it comes back", async () => {
    const ana = newcomer();
    const [begun, woken] = [gate(), gate()];
    let calls = 0;
    world.model.setFault((request) => {
      if (isFor("order_status", request)) begun.open();
      if (request.kind !== "classify") return null;
      calls += 1;
      return says("order_status", calls === 1 ? woken.promise : Promise.resolve());
    });
    await ana.send(ORDER);
    await begun.promise;
    await world.sql`update conversations set unread_since = unread_since - interval '1 minute', lease_expires_at = now()
      where unread_since is not null`;
    await world.resume();
    await ana.waitForReply();
    woken.open();
    expect((await turnsOf(ana)).map(({ state }) => state).toSorted()).toEqual(["abandoned", "answered"]);
    expect(ana.replies()).toHaveLength(1);
  });

  test("a newer message gets one reply with the one before, and both attempts are booked", async () => {
    const ana = newcomer();
    const begun = gate();
    const before = await usedToday();
    const answer = gate();
    let early = 0;
    world.model.setFault((request) => {
      if (request.kind === "classify") return says("order_status");
      early += 1;
      begun.open();
      return early === 1 ? { content: EARLY, first: () => answer.promise } : null;
    });
    await ana.send(ORDER);
    await begun.promise;
    await ana.send("es para mi mamá");
    answer.open();
    await ana.waitForReply();
    const turns = await turnsOf(ana);
    expect(turns.map(({ state }) => state)).toEqual(["overtaken", "answered"]);
    expect(ana.replies().map(({ text }) => text)).not.toContain(EARLY);
    const cost = turns.reduce((sum, turn) => sum + turn.cost, 0);
    expect((await usedToday()) - before).toBeCloseTo(cost, 8);
  });

  test("a person who takes over meanwhile is not talked over", async () => {
    const ana = newcomer();
    const begun = gate();
    const answer = gate();
    world.model.setFault((request) => {
      if (request.kind === "classify") return says("order_status");
      begun.open();
      return { content: EARLY, first: () => answer.promise };
    });
    await ana.send(ORDER);
    await begun.promise;
    await world.sql`update conversations set status = 'human' where customer_id = (select id from customers where phone = ${ana.phone})`;
    answer.open();
    expect(await turnsOf(ana)).toMatchObject([{ state: "withheld" }]);
    expect(ana.replies()).toEqual([]);
  });

  test("a classifier that does not answer leaves the general intent, and nothing of the guess", async () => {
    const ana = newcomer();
    world.model.setFault((request) => {
      if (request.kind === "classify") return { status: 500 };
      return isFor("order_status", request) ? { content: EARLY } : null;
    });
    await ana.send(ORDER);
    await ana.waitForReply();
    expect(await turnsOf(ana)).toMatchObject([{ intent: "general", rung: "no_classification" }]);
    expect(ana.replies()[0]?.text).not.toContain(EARLY);
  });

  test("a system of the company that is slow or fails costs the turn nothing", async () => {
    for (const fault of [{ status: 500 }, { hang: true } as const]) {
      const ana = newcomer();
      let looked = 0;
      world.company.setFault(() => (looked++ === 0 ? fault : null));
      world.model.setFault(({ kind }) => (kind === "classify" ? says("order_status") : null));
      await ana.send("amigo cuando va a llegar mi encomienda");
      await ana.waitForReply();
      world.company.setFault(null);
      expect(await turnsOf(ana)).toMatchObject([{ intent: "order_status", rung: "full", errors: [] }]);
    }
  });

  test("nothing is looked up or written early for what is like nothing", async () => {
    const ana = newcomer();
    const seen: number[] = [];
    world.model.setFault(({ kind }) => {
      if (kind !== "classify") return null;
      seen.push(world.model.requests.length);
      return says("out_of_scope");
    });
    await ana.send(UNCLEAR);
    await ana.waitForReply();
    expect(await turnsOf(ana)).toMatchObject([{ intent: "out_of_scope", tools: [] }]);
    expect(world.model.requests.map(({ kind }) => kind)).toHaveLength(2);
  });

  test("a budget that is used up lets nothing be written early", async () => {
    const ana = newcomer();
    world.model.setFault((request) => (request.kind === "classify" ? says("greeting") : null));
    await world.sql`update usage set usd = 210.0 / (select count(*) from usage)`;
    await ana.send(ORDER);
    await ana.waitForReply();
    await world.sql`update usage set usd = 0`;
    expect(asked("order_status")).toBe(0);
    expect(await turnsOf(ana)).toMatchObject([{ rung: "fallback_model" }]);
  });
});

describe("without the local classifier", () => {
  beforeAll(start({ INTENT_LOCAL: "off" }));
  afterAll(() => world.close());

  test("the intent of the message before is the likely one", async () => {
    const ana = newcomer();
    world.model.setFault(({ kind }) => (kind === "classify" ? says("order_status") : null));
    await ana.send(ORDER);
    await ana.waitForReply();
    await world.drain();
    const begun = gate();
    world.model.setFault((request) => {
      if (request.kind !== "classify") begun.open();
      return request.kind === "classify" ? says("order_status", begun.promise) : null;
    });
    await ana.send("y el otro que pedí?");
    await ana.waitForReply(2);
    expect((await turnsOf(ana)).map(({ rung, errors }) => [rung, errors])).toEqual([
      ["full", []],
      ["full", []],
    ]);
  });

  test("a newcomer's message is classified first", async () => {
    const ana = newcomer();
    world.model.setFault(({ kind }) => (kind === "classify" ? says("order_status") : null));
    await ana.send(ORDER);
    await ana.waitForReply();
    expect(world.model.requests.map(({ kind }) => kind)[0]).toBe("classify");
  });
});

describe("switched off", () => {
  beforeAll(start({ REPLY_OVERLAP: "off" }));
  afterAll(() => world.close());

  test("nothing begins before the classifier has answered, and the model looks up itself", async () => {
    const ana = newcomer();
    let before = 0;
    world.model.setFault(({ kind }) => {
      if (kind !== "classify") return null;
      const answered = new Promise((resolve) => setTimeout(resolve, 50)).then(() => {
        before = world.model.requests.length;
      });
      return says("order_status", answered);
    });
    await ana.send(ORDER);
    await ana.waitForReply();
    expect(before).toBe(1);
    expect(world.model.requests.map(({ kind }) => kind)).toEqual(["classify", "tools", "tools"]);
    expect(await turnsOf(ana)).toMatchObject([{ tools: ["lookup orders"] }]);
  });
});

describe("with REPLY_OVERLAP=lookup", () => {
  beforeAll(start({ REPLY_OVERLAP: "lookup" }));
  afterAll(() => world.close());

  test("it is looked up early, and answered when the intent is sure", async () => {
    const ana = newcomer();
    const looked = gate();
    world.company.setFault(() => {
      looked.open();
      return null;
    });
    world.model.setFault(({ kind }) => (kind === "classify" ? says("order_status", looked.promise) : null));
    await ana.send(ORDER.replace(" 4411", ""));
    await ana.waitForReply();
    expect(world.model.requests.map(({ kind }) => kind)).toEqual(["classify", "tools"]);
    expect(await turnsOf(ana)).toMatchObject([{ tools: ["lookup orders"] }]);
  });
});

async function tenant(): Promise<string> {
  const [row] = await world.sql<{ id: string }>`select id from tenants`;
  return row?.id ?? "";
}
