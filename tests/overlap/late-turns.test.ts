import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { SteadyClock } from "../../lib/types/clock.ts";
import type { ModelUse } from "../../lib/types/turn/record.ts";
import { gate } from "../support/gate.ts";
import { startWorld, type World } from "../support/world.ts";

/** Likely a question about a product, and not sure enough to decide. */
const LIKELY = "el de lana es calentito?";
/** Like nothing. */
const UNCLEAR = "xylofón krrp zzyx";

/** A clock on which the customer's time is over when the test says so: a slow machine alone must not end it. */
let late = gate();
const SLOWER = 50;
const slowed = (read: () => number) => {
  const startMs = read();
  return () => startMs + (read() - startMs) / SLOWER;
};
const clock: SteadyClock = {
  ...systemClock,
  now: slowed(systemClock.now),
  steady: slowed(systemClock.steady),
  sleep: (ms, signal) =>
    ms < 700 || ms > 3_000
      ? systemClock.sleep(ms, signal)
      : Promise.race([
          late.promise,
          new Promise<void>((wake) => signal?.addEventListener("abort", () => wake())),
        ]),
};

let world: World;
let people = 0;
beforeAll(async () => {
  const patient = { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" };
  world = await startWorld({ clock, env: { ...patient, WAIT_TARGET_MS: "3000", INTENT_LOCAL: "on" } });
});
afterAll(() => world.close());
afterEach(async () => {
  world.model.setFault(null);
  late.open();
  await world.drain();
  late = gate();
});

const newcomer = () => world.customer(`5191310${7000 + people++}`);
const classified = (intent: string) => ({
  content: JSON.stringify({ intent, confidence: 0.95, language: "es" }),
});

/** The turn that answered a message, and the reply. */
async function ask(text: string, fault: ModelFaultRule) {
  const ana = newcomer();
  world.model.setFault(fault);
  await ana.send(text);
  const [reply] = await ana.waitForReply();
  await world.drain();
  const [turn, ...more] = await world.sql<{ errors: string[]; models: ModelUse[] }>`
    select t.intent, t.rung, t.decided_by, t.model_choice, t.reply_model, t.errors, t.models
      from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
     where u.phone = ${ana.phone}`;
  expect(more).toEqual([]);
  return { reply: reply?.text ?? "", turn };
}

describe("when the customer's time runs out", () => {
  test("a classification that is late gives way to a reply without one", async () => {
    const { turn } = await ask(UNCLEAR, ({ kind }) => {
      if (kind !== "classify") return null;
      late.open();
      return { hang: true };
    });
    const unclassified = { intent: "general", rung: "no_classification", decided_by: "default" };
    expect(turn).toMatchObject({ ...unclassified, errors: ["classify:timeout"] });
  });

  test("the reply that was written meanwhile to a likely guess is sent", async () => {
    const { turn, reply } = await ask(LIKELY, ({ kind }) => {
      if (kind === "classify") return { hang: true };
      setTimeout(late.open, 50);
      return { content: "Sí, abriga bien." };
    });
    expect(reply).toBe("Sí, abriga bien.");
    expect(turn).toMatchObject({
      intent: "product_question",
      rung: "no_classification",
      decided_by: "likeness",
    });
    expect(turn?.models.some(({ discarded }) => discarded)).toBe(false);
  });

  test.each([
    ["begun early", LIKELY, "product_question"],
    ["begun when its intent was known", UNCLEAR, "product_question"],
  ])("the fallback model replies in the place of a first one that is late, %s", async (_, text, intent) => {
    const { turn, reply } = await ask(text, ({ kind, model }) => {
      if (kind === "classify") return classified(intent);
      if (model === "gpt-4o-mini") return { content: "Aquí estoy." };
      late.open();
      return { hang: true };
    });
    expect(reply).toBe("Aquí estoy.");
    expect(turn).toMatchObject({
      intent,
      rung: "fallback_model",
      model_choice: "late",
      errors: ["full:late"],
    });
    const large = turn?.models.find(({ model }) => model === "gpt-4o");
    expect(large?.discarded?.inputTokens).toBeGreaterThan(1_000);
  });

  test("the fallback model opens no handoff beside the first one", async () => {
    const acted = gate();
    const handoff = {
      toolCalls: [{ name: "handoff", arguments: '{"reason":"customer_request","summary":"x"}' }],
    };
    const { turn, reply } = await ask(UNCLEAR, ({ kind, model, messages }) => {
      if (kind === "classify") return classified("general");
      if (model === "gpt-4o-mini") {
        setTimeout(acted.open, 50);
        return handoff;
      }
      late.open();
      return messages.at(-1)?.role === "tool" ? null : { content: "Yo sigo.", first: () => acted.promise };
    });
    expect(reply).toBe("Yo sigo.");
    expect(turn).toMatchObject({ rung: "full", errors: [] });
    expect(
      await world.sql`select 1 from handoffs h join turns t on t.conversation_id = h.conversation_id where t.rung = 'full'`,
    ).toEqual([]);
  });
});
