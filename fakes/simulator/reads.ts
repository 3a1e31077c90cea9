import type { ChatContent, ChatConversation, ChatMessage } from "../../contracts/chat.ts";
import type { SimState } from "../../contracts/simulator.ts";
import type { TurnView } from "../../contracts/turn.ts";
import type { Database } from "../../db/client.ts";
import { spellingsOf } from "../../lib/phone/spellings.ts";
import type { Language, OwnIntents } from "../../lib/types/company.ts";
import type { StoredBubble } from "./content/sent.ts";

/** The page's view of one customer's conversation. */
export interface Snapshot {
  conversationId: string | null;
  conversation: ChatConversation;
  /** The newest 200, oldest first. */
  messages: ChatMessage[];
  /** The newest 50 that have ended, oldest first. */
  turns: TurnView[];
}

/** A customer who has not written yet. */
export const EMPTY_SNAPSHOT: Snapshot = {
  conversationId: null,
  conversation: { status: "bot", handoff: null },
  messages: [],
  turns: [],
};

type Read = Omit<Snapshot, "messages" | "turns"> & {
  messages: StoredBubble[] | null;
  turns: TurnView[] | null;
};

/**
 * Reads one customer's conversation with a business number in one statement, ordered by time of arrival: Meta's times are
 * whole seconds, so a quick reply could precede its question.
 */
export async function readSnapshot(
  { sql }: Database,
  phoneNumberId: string,
  phone: string,
  contentOf: (bubble: StoredBubble) => ChatContent | null,
): Promise<Snapshot> {
  const [row] = await sql<{ snapshot: Read }>`
    select jsonb_build_object(
      'conversationId', c.id,
      'conversation', jsonb_build_object(
        'status', case c.status when 'human' then 'human' else 'bot' end,
        'handoff', (select jsonb_build_object('reason', h.reason, 'summary', h.summary,
            'since', floor(extract(epoch from h.opened_at) * 1000))
          from handoffs h where h.conversation_id = c.id and h.handed_back_at is null limit 1)),
      'messages', (select jsonb_agg(m.shown order by m.created_at) from (
        select created_at, jsonb_build_object(
            'id', id, 'waMessageId', wa_message_id, 'direction', direction, 'text', text,
            'author', author,
            'type', type, 'content', content, 'reading', reading, 'metaCodes', meta_codes,
            'at', floor(extract(epoch from created_at) * 1000), 'quoteWaMessageId', quote_wa_message_id,
            'turnId', turn_id, 'status', case when direction = 'out' then case state when 'draft' then 'pending'
              when 'ambiguous' then 'pending' when 'played' then 'read' else state end end) as shown
          from messages where conversation_id = c.id order by created_at desc limit 200) m),
      'turns', (select jsonb_agg(t.shown order by t.started_at) from (
        select started_at, jsonb_build_object(
            'id', id, 'at', floor(extract(epoch from started_at) * 1000), 'intent', intent, 'confidence', confidence,
            'decidedBy', decided_by, 'language', language, 'rung', coalesce(rung, state), 'stagesMs', stages_ms - 'ack' - 'wait',
            'ackMs', stages_ms -> 'ack', 'waitMs', stages_ms -> 'wait',
            'toolCalls', coalesce((select jsonb_agg(jsonb_build_object('name', call.name, 'input', call.input,
              'output', call.output, 'ms', call.ms, 'failed', call.failed) order by call.id)
              from tool_calls call where call.turn_id = turns.id), '[]'),
            'intentModel', intent_model, 'replyModel', reply_model, 'inputTokens', input_tokens,
            'outputTokens', output_tokens, 'cachedTokens', cached_tokens, 'modelChoice', model_choice, 'costUsd', cost_usd, 'models', models, 'errors', errors, 'rounds', rounds, 'traceId', trace_id,
            'inboundIds', coalesce((select jsonb_agg(m.id order by m.created_at) from messages m
              where m.turn_id = turns.id and m.direction = 'in'), '[]'),
            'outboundIds', coalesce((select jsonb_agg(m.id order by m.created_at) from messages m
              where m.turn_id = turns.id and m.direction = 'out'), '[]')) as shown
          from turns where conversation_id = c.id and state in ('answered', 'withheld', 'dead')
          order by started_at desc limit 50) t)) as snapshot
    from conversations c join customers u on u.id = c.customer_id join tenants t on t.id = c.tenant_id
    where t.phone_number_id = ${phoneNumberId} and ${JSON.stringify(spellingsOf(phone))}::jsonb ? u.phone`;
  if (!row) return EMPTY_SNAPSHOT;
  const { messages, turns, ...rest } = row.snapshot;
  const shown = (messages ?? []).map((bubble) => ({ ...bubble, content: contentOf(bubble) }));
  return { ...rest, messages: shown, turns: turns ?? [] };
}

/** The company as the page names it. */
export async function readCompany(
  { sql }: Database,
  phoneNumberId: string,
): Promise<Omit<SimState["company"], "catalog">> {
  const [row] = await sql<{
    company: Pick<SimState["company"], "name" | "about" | "language">;
    intents: OwnIntents;
  }>`
    select jsonb_build_object('name', coalesce(profile ->> 'name', ''), 'about', coalesce(profile ->> 'about', ''),
      'language', coalesce(profile ->> 'language', 'es')) as company, intents
    from tenants where phone_number_id = ${phoneNumberId}`;
  if (!row) return { name: "", about: "", language: "es", asks: {} };
  return { ...row.company, asks: asksOf(row.intents) };
}

/** The first example of each intent that a company has added. */
function asksOf(intents: OwnIntents): SimState["company"]["asks"] {
  const asks: Partial<Record<Language, string[]>> = {};
  for (const { when, examples = {} } of Object.values(intents)) {
    if (when === undefined) continue;
    for (const [language, [first]] of Object.entries(examples) as [Language, readonly string[]][])
      if (first !== undefined) asks[language] = [...(asks[language] ?? []), first];
  }
  return asks;
}
