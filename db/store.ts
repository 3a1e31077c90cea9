/** The store of conversations: each question is one statement, one round trip (`db/functions/`). */
import type { InboundMessage } from "../lib/types/inbound.ts";
import type { InboxStore, OpenConversations, ReceiveBatch, Received } from "../lib/types/inbox-store.ts";
import type {
  Claim,
  ClaimRef,
  DraftInput,
  DraftOutcome,
  Finished,
  FinishInput,
  TurnStore,
} from "../lib/types/turn-store.ts";
import { createBatch } from "./batch.ts";
import type { Database } from "./client.ts";

/** The tables' view of a batch, a turn and what is left open. */
export function createStore(database: Database): InboxStore & TurnStore & OpenConversations {
  const { receive, draft, finish } = database.shared ? together(database) : alone(database);
  return {
    receive: (batch) => {
      const input = inputOf(batch);
      return onceMoreAfterConflict(() => receive(input));
    },

    release: async (turnId) => {
      await database.sql`select release_turn(${turnId}::uuid)`;
    },

    recordNotice: async ({ conversationId, text, waMessageId }) => {
      await database.sql`
        insert into messages (tenant_id, conversation_id, direction, author, state, type, text, wa_message_id, sent_at)
        select tenant_id, id, 'out', 'system', 'sent', 'text', ${text}, ${waMessageId}, clock_timestamp()
          from conversations where id = ${conversationId}::uuid
        on conflict (tenant_id, wa_message_id) do nothing`;
    },

    claim: (conversationId: string, leaseMs: number) =>
      ask<Claim | null>(
        database.sql`select claim_turn(${conversationId}::uuid, ${crypto.randomUUID()}::uuid, ${leaseMs}::int) as answer`,
      ),

    draft: ({ claim, ...rest }) => draft({ ...claim, ...rest }),

    finish: ({ claim, ...rest }) => finish({ ...claim, ...rest }),

    beginResend: (claim, messageIds, leaseMs) =>
      ask(
        database.sql`select begin_resend(${claim.conversationId}::uuid, ${claim.epoch}::bigint,
          ${JSON.stringify(messageIds)}::jsonb, ${leaseMs}::int) as answer`,
      ),

    lookBeforeSend: (claim, previousId) =>
      ask(
        database.sql`select check_before_send(${JSON.stringify({ ...namesOf(claim), previousId })}::jsonb) as answer`,
      ),

    firstToday: ({ tenant, user }, notice) =>
      ask(
        database.sql`select first_alert_today(${tenant.id}::uuid, ${notice.startsWith("number:") ? tenant.id : user.id}::uuid,
          ${notice}) as answer`,
      ),

    open: async (limit: number) => {
      await database.sql`select apply_deferred_identity_changes(${limit}::int)`;
      const rows = await database.sql<{ id: string }>`select unread_conversations(${limit}::int) as id`;
      return rows.map((row) => row.id);
    },
  };
}

/** A claim without what it holds. */
const namesOf = ({ conversationId, epoch, turnId, throughSeq }: ClaimRef): ClaimRef => ({
  conversationId,
  epoch,
  turnId,
  throughSeq,
});

/** What every message asks. */
interface Calls {
  receive(input: ReturnType<typeof inputOf>): Promise<Received>;
  draft(input: Omit<DraftInput, "claim"> & ClaimRef): Promise<DraftOutcome>;
  finish(input: Omit<FinishInput, "claim"> & ClaimRef): Promise<Finished>;
}

/** A statement for each call. */
function alone({ sql }: Database): Calls {
  return {
    receive: async (input) => ask(sql`select receive_events(${JSON.stringify(input)}::jsonb) as answer`),
    draft: async (input) => ask(sql`select draft_reply(${JSON.stringify(input)}::jsonb) as answer`),
    finish: async (input) => ask(sql`select finish_turn(${JSON.stringify(input)}::jsonb) as answer`),
  };
}

/**
 * A statement for all calls that come while another is under way; it answers in their order. Two of them, of two processes, may
 * want the same conversations in another order: PostgreSQL then refuses one within a second, and its calls are asked again alone.
 */
function together(database: Database): Calls {
  const { sql } = database;
  const call = createBatch<readonly [keyof Calls, unknown], unknown>(async (calls) => {
    const rows = await sql<{ answer: unknown }>`
      select case value ->> 0 when 'receive' then receive_events(value -> 1) when 'draft' then draft_reply(value -> 1)::json
                              when 'finish' then finish_turn(value -> 1)::json end as answer
        from jsonb_array_elements(${JSON.stringify(calls)}::jsonb)`;
    return rows.map(({ answer }) => answer);
  }, isOfOneCall);
  return {
    // A report comes while the turn that sent the message is being finished, often enough to be kept out of its way.
    receive: (input) =>
      input.statuses.length > 0
        ? alone(database).receive(input)
        : (call(["receive", input]) as Promise<Received>),
    draft: (input) => call(["draft", input]) as Promise<DraftOutcome>,
    finish: (input) => call(["finish", input]) as Promise<Finished>,
  };
}

/** What most webhooks hold nothing of is left out, so that the statement need not look. */
function inputOf(batch: ReceiveBatch) {
  const { messages, claim, echoes, identityChanges, preferences, calls, handovers, platform, ...usual } =
    batch;
  const besides = { echoes, identityChanges, preferences, calls, handovers, platform };
  return {
    ...usual,
    senders: bySender(messages),
    ...(claim && { claim }),
    ...(Object.values(besides).some((list) => list.length > 0) && { besides }),
  };
}

interface Sender extends Pick<InboundMessage, "phoneNumberId" | "from" | "fromUserId"> {
  name: string | null;
  messages: ReceiveBatch["messages"][number][];
}

/** Each sender once, always in the same order, with what they wrote in the order of Meta's times. */
function bySender(messages: ReceiveBatch["messages"]): Sender[] {
  const senders = new Map<string, Sender>();
  for (const message of messages.toSorted((a, b) => a.timestampMs - b.timestampMs)) {
    const { phoneNumberId, from, fromUserId, profileName } = message;
    const key = JSON.stringify([phoneNumberId, fromUserId ?? from, from, fromUserId]);
    const sender = senders.get(key) ?? { phoneNumberId, from, fromUserId, name: null, messages: [] };
    sender.name = profileName ?? sender.name;
    sender.messages.push(message);
    senders.set(key, sender);
  }
  return [...senders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sender]) => sender);
}

/** The one answer of a statement that is a function call. */
async function ask<Answer>(rows: Promise<{ answer: Answer }[]>): Promise<Answer> {
  const [row] = await rows;
  if (!row) throw new Error("the database answered without a row");
  return row.answer;
}

/** PostgreSQL's words for "two did the same at once; again and it works": deadlock, serialisation, unique, a person just purged. */
const CONFLICTS = new Set(["40P01", "40001", "23505", "23503"]);

async function onceMoreAfterConflict<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (CONFLICTS.has(codeOf(error))) return run();
    throw error;
  }
}

/**
 * PostgreSQL's own codes have five letters: it was there, and refused. Nobody asks again of one that cannot be reached.
 * A RangeError is JSON's: one call holds something too deep or too long to be written.
 */
const isOfOneCall = (error: unknown): boolean =>
  error instanceof RangeError || /^[0-9A-Z]{5}$/.test(codeOf(error));

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
