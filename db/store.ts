/** Store of conversations; each call is one statement and one round trip (`db/functions/`). */
import type { InboundMessage, Spelled } from "../lib/types/inbound.ts";
import type {
  InboxStore,
  NextUnread,
  ReceiveBatch,
  Received,
  UnreadConversations,
  WaitingHandoffs,
} from "../lib/types/inbox-store.ts";
import type { RatingNotices, SilentConversations } from "../lib/types/ratings.ts";
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

/** Creates the store for the webhook, turns and the resume job. */
export function createStore(
  database: Database,
): InboxStore & TurnStore & UnreadConversations & NextUnread & WaitingHandoffs & SilentConversations {
  const { receive, draft, finish } = database.shared ? batched(database) : separate(database);
  return {
    receive: (batch) => {
      const input = inputOf(batch);
      return retryAfterConflict(() => receive(input));
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

    ...sending(database),

    firstAlertToday: ({ tenant, customer }, notice) =>
      ask(
        database.sql`select first_alert_today(${tenant.id}::uuid, ${notice.startsWith("number:") ? tenant.id : customer.id}::uuid,
          ${notice}) as answer`,
      ),

    endWaits: (limit: number) =>
      ask(database.sql<{ answer: Awaited<ReturnType<WaitingHandoffs["endWaits"]>> }>`
        select jsonb_build_object('conversationIds', end_waits(${limit}::int), 'reminders', remind_companies(${limit}::int)) as answer`),

    endSilences: (limit: number, notices: RatingNotices) =>
      ask<string[]>(
        database.sql`select end_silences(${limit}::int, ${JSON.stringify(notices)}::jsonb) as answer`,
      ),

    ...unreadConversations(database),
  };
}

const unreadConversations = (database: Database): UnreadConversations & NextUnread => ({
  unread: async (limit: number) => {
    await database.sql`select apply_deferred_identity_changes(${limit}::int)`;
    const rows = await database.sql<{ id: string }>`select unread_conversations(${limit}::int) as id`;
    return rows.map((row) => row.id);
  },

  nextUnreadMs: () => ask<number | null>(database.sql`select next_unread_ms() as answer`),
});

/** The statements between a draft and its end. */
const sending = ({ sql }: Database): Pick<TurnStore, "beginResend" | "redraft" | "checkBeforeSend"> => ({
  beginResend: (claim, messageIds, leaseMs) =>
    ask(
      sql`select begin_resend(${claim.conversationId}::uuid, ${claim.epoch}::bigint,
        ${JSON.stringify(messageIds)}::jsonb, ${leaseMs}::int) as answer`,
    ),

  redraft: (claim, form, leaseMs) =>
    ask(sql`select redraft_part(${JSON.stringify({ ...refOf(claim), ...form, leaseMs })}::jsonb) as answer`),

  checkBeforeSend: (claim, previousId) =>
    ask(sql`select check_before_send(${JSON.stringify({ ...refOf(claim), previousId })}::jsonb) as answer`),
});

/** Reduces a claim to its reference. */
const refOf = ({ conversationId, epoch, turnId, throughSeq }: ClaimRef): ClaimRef => ({
  conversationId,
  epoch,
  turnId,
  throughSeq,
});

/** Calls made for every message. */
interface Calls {
  receive(input: ReturnType<typeof inputOf>): Promise<Received>;
  draft(input: Omit<DraftInput, "claim"> & ClaimRef): Promise<DraftOutcome>;
  finish(input: Omit<FinishInput, "claim"> & ClaimRef): Promise<Finished>;
}

/** Runs one statement per call. */
function separate({ sql }: Database): Calls {
  return {
    receive: async (input) => ask(sql`select receive_events(${JSON.stringify(input)}::jsonb) as answer`),
    draft: async (input) => ask(sql`select draft_reply(${JSON.stringify(input)}::jsonb) as answer`),
    finish: async (input) => ask(sql`select finish_turn(${JSON.stringify(input)}::jsonb) as answer`),
  };
}

/**
 * Runs one statement for all calls that arrive while another is running. Statements of two processes may lock the same
 * conversations in a different order: PostgreSQL then fails one within a second, and its calls are retried alone.
 */
function batched(database: Database): Calls {
  const { sql } = database;
  const call = createBatch<readonly [keyof Calls, unknown], unknown>(async (calls) => {
    const rows = await sql<{ answer: unknown }>`
      select case value ->> 0 when 'receive' then receive_events(value -> 1) when 'draft' then draft_reply(value -> 1)::json
                              when 'finish' then finish_turn(value -> 1)::json end as answer
        from jsonb_array_elements(${JSON.stringify(calls)}::jsonb)`;
    return rows.map(({ answer }) => answer);
  }, isOfOneCall);
  return {
    // A status report often arrives while its turn is finishing, so it gets its own statement.
    receive: (input) =>
      input.statuses.length > 0
        ? separate(database).receive(input)
        : (call(["receive", input]) as Promise<Received>),
    draft: (input) => call(["draft", input]) as Promise<DraftOutcome>,
    finish: (input) => call(["finish", input]) as Promise<Finished>,
  };
}

/** Leaves out the lists that most webhooks do not have, so that the statement skips them. */
function inputOf(batch: ReceiveBatch) {
  const {
    messages,
    claim,
    operatorEchoes,
    identityChanges,
    preferences,
    calls,
    handovers,
    accountEvents,
    ...usual
  } = batch;
  const otherEvents = { operatorEchoes, identityChanges, preferences, calls, handovers, accountEvents };
  return {
    ...usual,
    senders: bySender(messages),
    ...(claim && { claim }),
    ...(Object.values(otherEvents).some((list) => list.length > 0) && { otherEvents }),
  };
}

interface Sender extends Pick<InboundMessage, "phoneNumberId" | "from" | "fromUserId">, Required<Spelled> {
  name: string | null;
  messages: Omit<ReceiveBatch["messages"][number], "phones">[];
}

/** Groups messages by sender, senders in a fixed order, messages by Meta's time; the last spelling of a phone counts. */
function bySender(messages: ReceiveBatch["messages"]): Sender[] {
  const senders = new Map<string, Sender>();
  for (const { phones: spelled, ...message } of messages.toSorted((a, b) => a.timestampMs - b.timestampMs)) {
    const { phoneNumberId, from, fromUserId, profileName } = message;
    const phones = spelled ?? (from === null ? [] : [from]);
    // Any spelling can stand for the phone, as long as it is always the same.
    const line = phones.toSorted()[0] ?? null;
    const key = JSON.stringify([phoneNumberId, fromUserId ?? line, line, fromUserId]);
    const sender = senders.get(key) ?? { phoneNumberId, from, fromUserId, phones, name: null, messages: [] };
    sender.name = profileName ?? sender.name;
    Object.assign(sender, { from, phones });
    sender.messages.push(message);
    senders.set(key, sender);
  }
  return [...senders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sender]) => sender);
}

/** Result of a statement that is one function call. */
async function ask<Answer>(rows: Promise<{ answer: Answer }[]>): Promise<Answer> {
  const [row] = await rows;
  if (!row) throw new Error("the database returned no row");
  return row.answer;
}

/** SQLSTATEs of conflicts that a retry solves: deadlock, serialisation, unique violation, a customer just purged. */
const CONFLICTS = new Set(["40P01", "40001", "23505", "23503"]);

async function retryAfterConflict<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (CONFLICTS.has(codeOf(error))) return run();
    throw error;
  }
}

/**
 * True when one call may have caused the error of a batch: PostgreSQL refused it (an SQLSTATE has five characters), or
 * JSON could not be written (RangeError: too deep or too long). Not true when the database is unreachable.
 */
const isOfOneCall = (error: unknown): boolean =>
  error instanceof RangeError || /^[0-9A-Z]{5}$/.test(codeOf(error));

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
