import { randomUUID } from "node:crypto";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { createConversation, insertTurns, type TurnRow } from "../metrics/turns.ts";
import type { World } from "../support/world.ts";

/** A turn as it should be. */
const GOOD = {
  ...{ state: "answered", intent: "order_status", intentModel: "small", replyModel: "large", rung: "full" },
  ...{ language: "es", decidedBy: "model", inputTokens: 1_000, outputTokens: 100, costUsd: 0.02 },
  stagesMs: { ack: 30, classify: 200, respond: 500, draft: 8, wait: 800 },
  errors: [],
};
/** One that misses every target. */
const BAD = {
  ...GOOD,
  ...{ intent: "product_question", replyModel: "small", rung: "fallback_model", costUsd: 0.0002 },
  stagesMs: { ack: 300, classify: 900, respond: 5_000, draft: 8, wait: 6_000 },
  errors: ["respond:timeout"],
};

/** How many of each kind happen in one round. */
export interface Round {
  good: number;
  bad: number;
  answered: number;
  refused: number;
  failedChecks: number;
}

export interface Feed {
  /** A company of which every turn is stored as the road would leave it. */
  madeId: string;
  /** The company that customers really write to. */
  realId: string;
  run(round: Round): Promise<void>;
}

const REFUSED = { status: 400, body: { error: { code: 131026, message: "Message undeliverable" } } };

/** Lets things happen: messages over the webhook, and turns with times of our choice. */
export async function createFeed(world: World): Promise<Feed> {
  const made = await createConversation(world, "2");
  const [real] = await world.sql<{ id: string }>`select id from tenants where phone_number_id <> '2'`;
  const realId = real?.id ?? "";
  let customers = 0;
  let rounds = 0;

  async function write(count: number): Promise<void> {
    const all = Array.from({ length: count }, () => world.customer(`5198760${1_000 + ++customers}`));
    await Promise.all(all.map((customer) => customer.sendUntilStored("¿dónde está mi pedido 1001?")));
    await world.drain();
  }

  async function store(kind: typeof GOOD | typeof BAD, count: number): Promise<void> {
    const startedMs = Date.now();
    const turns = Array.from(
      { length: count },
      (): TurnRow => ({
        ...{ ...kind, id: randomUUID(), startedMs, endedMs: startedMs + kind.stagesMs.wait },
      }),
    );
    await insertTurns(world, made, turns);
    await world.sql`
      insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, seq, state, type, text, turn_id, created_at, sent_at)
        select tenant_id, conversation_id, 'in', 'customer', 'wamid.' || id, 1, 'received', 'text', 'words', id, started_at, started_at
          from turns where id::text in (select jsonb_array_elements_text(${JSON.stringify(turns.map(({ id }) => id))}::jsonb))`;
  }

  return {
    ...{ madeId: made.tenantId, realId },
    async run({ good, bad, answered, refused, failedChecks }) {
      await write(answered);
      world.graph.setFault(() => REFUSED);
      await write(refused);
      world.graph.setFault(null);
      await store(GOOD, good);
      await store(BAD, bad);
      const { record } = createMetrics(world);
      const check = (result: string) =>
        record([{ tenantId: realId, metric: "health", labels: { name: "model", result }, ms: 20 }]);
      await check("ok");
      for (let at = 0; at < failedChecks; at += 1) await check("failed");
      // A minute is counted a minute after its end, and again within three minutes of what came late.
      rounds += 1;
      const nowMs = Date.now() + rounds * 120_000;
      while ((await createRollUp(world).step(5_000, nowMs)) === "more");
    },
  };
}
