import type { Database } from "../../db/client.ts";
import type { ModelUse } from "../../lib/types/turn/record.ts";
import { SEED } from "../support/seed.ts";

/** Numbers between 0 and 1 that the seed decides (mulberry32). */
export function randomOf(seed = SEED): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A turn as it is inserted; times in epoch milliseconds. */
export interface TurnRow {
  id: string;
  startedMs: number;
  endedMs: number | null;
  state: string;
  intent: string | null;
  intentModel: string | null;
  replyModel: string | null;
  rung: string | null;
  language: string;
  decidedBy: string | null;
  inputTokens: number;
  cachedTokens?: number;
  outputTokens: number;
  costUsd: number | null;
  stagesMs: Record<string, number>;
  errors: string[];
  version?: number;
  /** Absent: written by a release that kept the sums alone. */
  models?: readonly ModelUse[];
}

const of = <T>(random: () => number, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

/** A turn that began then, like those of an ordinary day; a few are given up or have a model without a price. */
export function turnAt(random: () => number, startedMs: number): TurnRow {
  const waitMs = Math.round(10 ** (2.7 + random() * 1.3)) / 10 + 300;
  const isDead = random() < 0.02;
  return {
    id: crypto.randomUUID(),
    startedMs,
    endedMs: startedMs + waitMs + 40,
    state: isDead ? "dead" : of(random, ["answered", "answered", "answered", "overtaken", "withheld"]),
    intent: of(random, ["order_status", "product_question", "greeting", "complaint", null]),
    intentModel: "small",
    replyModel: of(random, ["large", "small", null]),
    rung: of(random, ["full", "full", "full", "fallback_model", "fixed", "operator"]),
    language: of(random, ["es", "en", "pt"]),
    decidedBy: of(random, ["local", "model", null]),
    inputTokens: 1_000 + Math.floor(random() * 1_000),
    cachedTokens: Math.floor(random() * 1_000),
    outputTokens: Math.floor(random() * 200),
    costUsd: random() < 0.2 ? null : Math.round(random() * 1e6) / 1e9,
    stagesMs: {
      ack: Math.round(random() * 200) / 10,
      classify: Math.round(waitMs * 3) / 10,
      respond: Math.round(waitMs * 6) / 10,
      draft: Math.round(random() * 100) / 10,
      wait: Math.round(waitMs * 10) / 10,
    },
    errors: random() < 0.1 ? ["respond:timeout"] : [],
  };
}

/** A number with one conversation, for turns. */
export async function createConversation({ sql }: Database, number: string) {
  const [row] = await sql<{ tenantId: string; conversationId: string; customerId: string }>`
    with t as (insert into tenants (phone_number_id) values (${number}) on conflict (phone_number_id) do update set phone_number_id = excluded.phone_number_id returning id),
         u as (insert into customers (tenant_id, phone, name) select id, '5190000' || floor(random() * 1000000), 'Ana' from t returning id, tenant_id)
    insert into conversations (tenant_id, customer_id, rated_seq) select tenant_id, id, 0 from u
      returning tenant_id as "tenantId", id as "conversationId", customer_id as "customerId"`;
  if (!row) throw new Error("nothing was inserted");
  return row;
}

/** Stores turns as the road leaves them; a turn that is there already gets its new state. */
export async function insertTurns(
  { sql }: Database,
  { tenantId, conversationId }: { tenantId: string; conversationId: string },
  turns: readonly TurnRow[],
): Promise<void> {
  await sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, decided_by, language, intent_model, reply_model,
                       input_tokens, cached_tokens, output_tokens, cost_usd, stages_ms, rung, errors, version, models, started_at, ended_at)
    select x.id, ${tenantId}::uuid, ${conversationId}::uuid, 1, 1, x.state, x.intent, x."decidedBy", x.language, x."intentModel", x."replyModel",
           x."inputTokens", coalesce(x."cachedTokens", 0), x."outputTokens", x."costUsd", x."stagesMs", x.rung, x.errors, x.version, x.models, to_timestamp(x."startedMs" / 1000), to_timestamp(x."endedMs" / 1000)
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as x(id uuid, "startedMs" float8, "endedMs" float8, state text, intent text,
        "intentModel" text, "replyModel" text, rung text, language text, "decidedBy" text, "inputTokens" int, "cachedTokens" int, "outputTokens" int,
        "costUsd" numeric, "stagesMs" jsonb, errors jsonb, version int, models jsonb)
    on conflict (id) do update set state = excluded.state, ended_at = excluded.ended_at`;
}
