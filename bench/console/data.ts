import type { Client } from "pg";

/** How much data: conversations, and messages in each. */
export interface Size {
  conversations: number;
  messagesEach: number;
}

/** Syllables of the words that the messages are made of: some 3,000, of which few are frequent, as in a language. */
const SYLLABLES = [
  "ca pe lo mi ta ren sol bri cha du fe gra hu in jo ki le mo na os",
  "da ra mi co ne sar tu vo lin ba pre ga jus te fo",
  "n s ria do cion mente r to les mos",
];

/** Stores a company with this much data, made by the server itself; everything of an earlier one is gone. */
export async function fill(client: Client, tenantId: string, size: Size): Promise<void> {
  const { conversations, messagesEach } = size;
  const ask = (sql: string, values: unknown[] = []) => client.query(sql, values);
  await ask("truncate messages, conversations, customers cascade");
  await ask("drop table if exists bench_texts");
  await ask(
    `create unlogged table bench_texts as
      with words as (
        select (row_number() over (order by md5(a || b || c)))::integer as rank, a || b || c as word
          from unnest(string_to_array($1, ' ')) a, unnest(string_to_array($2, ' ')) b, unnest(string_to_array($3, ' ')) c)
      select picked.id, 'pedido ' || string_agg(words.word, ' ') as text from (
        select id, 1 + floor(power(random(), 3) * 3000)::integer as rank from generate_series(1, 20000) id, generate_series(1, 10)) picked
        join words using (rank) group by picked.id`,
    SYLLABLES,
  );
  await ask(
    `insert into customers (id, tenant_id, phone, name)
      select md5('u' || i)::uuid, $1, '51' || (900000000 + i), initcap(t.text)
        from generate_series(1, $2::integer) i join lateral (
          select split_part(text, ' ', 2) || ' ' || split_part(text, ' ', 3) as text from bench_texts where id = 1 + i % 20000) t on true`,
    [tenantId, conversations],
  );
  await ask(
    `insert into conversations (id, tenant_id, customer_id, last_at)
      select md5('c' || i)::uuid, $1, md5('u' || i)::uuid, now() - i * interval '1 minute' from generate_series(1, $2::integer) i`,
    [tenantId, conversations],
  );
  await fillMessages(ask, tenantId, conversations, conversations * messagesEach);
  await ask("vacuum analyze messages, message_words, conversations, customers");
}

type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

/** Without the foreign keys and the index meanwhile, which would take most of the time. */
async function fillMessages(ask: Ask, tenantId: string, conversations: number, count: number): Promise<void> {
  await ask("alter table messages disable trigger all");
  await ask("create index if not exists bench_texts_id on bench_texts (id)");
  await ask("drop index if exists message_words_search");
  await ask(
    `insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, state, type, text, sent_at, created_at)
      select $1, md5('c' || (1 + i % $2::bigint))::uuid, case when mine then 'in' else 'out' end, case when mine then 'customer' else 'bot' end,
             'wamid.' || i, case when mine then 'received' else 'read' end, 'text', t.text || ' ch-' || i, at, at
        from (
          select i, (i / $2::bigint) % 2 = 0 as mine, now() - ($3::bigint - i) * interval '1 second' as at, 1 + abs(hashint8(i)::bigint) % 20000 as text_id
            from generate_series(1, $3::bigint) i) m join bench_texts t on t.id = m.text_id`,
    [tenantId, conversations, count],
  );
  await ask(
    `insert into message_words (message_id, conversation_id, created_at, words)
      select id, conversation_id, created_at, search_terms(tenant_id, text, reading) from messages`,
  );
  await ask("create index message_words_search on message_words using gin (words)");
  await ask("alter table messages enable trigger all");
}
