import { equal } from "node:assert/strict";
import type { Acknowledged } from "./customer.ts";
import { until } from "./until.ts";
import type { World } from "./world.ts";

/** Counts at the end of a scenario. */
export interface Counts {
  acknowledged: number;
  turns: number;
  sends: number;
  /** Replies that reached the customer twice. */
  doubled: number;
}

/** Waits until every conversation of these customers is answered. */
export async function untilAnswered(world: World, phones: string, limitMs?: number): Promise<void> {
  await until(
    "all conversations answered",
    async () => {
      const [row] = await world.sql<{ open: number }>`
        select count(*)::int as open from conversations c join customers u on u.id = c.customer_id
          where u.phone like ${phones} and received_seq > answered_seq`;
      return row?.open === 0;
    },
    limitMs,
  );
  await world.graph.statusesReported();
}

/** Checks every guarantee for the customers whose phone is like `phones`. Throws an error that names the first broken one. */
export async function checkInvariants(
  world: World,
  phones: string,
  acknowledged: Acknowledged,
  maySendTwice: boolean,
): Promise<Counts> {
  await checkAnswered(world, phones, acknowledged);
  await checkStates(world, phones);
  await checkValues(world);
  const turns = await countTurns(world, phones);
  const { sends, doubled } = await checkSends(world, phones);
  if (!maySendTwice) equal(doubled, 0, `${doubled} replies were sent twice`);
  return { acknowledged: acknowledged.size, turns, sends, doubled };
}

async function checkAnswered(world: World, phones: string, acknowledged: Acknowledged): Promise<void> {
  const rows = await world.sql<{ id: string; answered: boolean }>`
    select m.wa_message_id as id, coalesce(m.seq <= c.answered_seq, m.turn_id is not null) and m.state in ('received', 'dead')
        and (c.status <> 'bot' or t.state in ('answered', 'dead', 'withheld')) as answered
      from messages m join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
      left join turns t on t.id = m.turn_id where m.direction = 'in' and u.phone like ${phones}`;
  const answered = new Set(rows.filter((row) => row.answered).map(({ id }) => id));
  const lost = [...acknowledged].filter((id) => !answered.has(id));
  equal(lost.length, 0, `${lost.length} of ${acknowledged.size} acknowledged messages have no answer`);
}

async function checkStates(world: World, phones: string): Promise<void> {
  const back = await world.sql<{ old: string; new: string }>`
    select old_state as old, new_state as new from chaos_states s join messages m on m.id = s.message
      join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
      where u.phone like ${phones} and m.direction = 'out' and delivery_rank(new_state) < delivery_rank(old_state)`;
  equal(back.length, 0, `${back.length} states moved back, first from ${back[0]?.old} to ${back[0]?.new}`);
}

/** Checks what would be constraints of the tables, had PostgreSQL not to plan them again for each statement. */
async function checkValues(world: World): Promise<void> {
  const wrong = await world.sql<{ value: string }>`
    select concat_ws(' ', m.direction, m.author, m.confirmed_by, m.opt, c.status) as value
      from messages m join conversations c on c.id = m.conversation_id
      where m.direction not in ('in', 'out') or m.author not in ('customer', 'bot', 'operator', 'system')
        or m.confirmed_by not in ('answer', 'status_report') or m.opt not in ('stop', 'start')
        or c.status not in ('bot', 'human', 'other_app', 'closed')`;
  equal(wrong.length, 0, `${wrong.length} messages have an unknown value, first ${wrong[0]?.value}`);
}

async function countTurns(world: World, phones: string): Promise<number> {
  const rows = await world.sql<{ replies: number; turns: number }>`
    select replies, count(*)::int as turns from (
      select t.id, (select count(*)::int from messages m where m.turn_id = t.id and m.direction = 'out') as replies
        from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
        where u.phone like ${phones} and t.state in ('answered', 'withheld')) each_turn group by replies`;
  const wrong = rows.filter(({ replies }) => replies !== 1);
  equal(wrong.length, 0, `${wrong[0]?.turns} turns have ${wrong[0]?.replies} replies`);
  return rows[0]?.turns ?? 0;
}

/** Checks that every message that reached a phone is stored, and was not sent more often than recorded. */
async function checkSends(world: World, phones: string): Promise<{ sends: number; doubled: number }> {
  const written = await world.sql<{ id: string; sends: number; state: string; answers: boolean }>`
    select m.id, m.sends, m.state, t.state = 'answered' and m.state not in ('withheld', 'failed') as answers
      from messages m join conversations c on c.id = m.conversation_id left join turns t on t.id = m.turn_id
      join customers u on u.id = c.customer_id where u.phone like ${phones} and m.direction = 'out'`;
  const recorded = new Map(written.map((message) => [message.id, message]));
  const prefix = phones.slice(0, -1);
  const reached = new Map<string, number>();
  // A customer may be known by user id alone by now.
  for (const { phone, opaqueId } of world.graph.sent)
    if (opaqueId && (phone?.startsWith(prefix) || recorded.has(opaqueId)))
      reached.set(opaqueId, (reached.get(opaqueId) ?? 0) + 1);
  for (const [id, times] of reached) {
    const message = recorded.get(id);
    if (!message) throw new Error("a message was sent that is not stored");
    if (times > 2) throw new Error(`a reply was sent ${times} times`);
    if (times > message.sends) throw new Error(`${times} sends, ${message.sends} recorded`);
  }
  const unsent = written.filter(
    ({ id, state, answers }) =>
      !reached.has(id) && (answers || ["sent", "delivered", "read"].includes(state)),
  );
  equal(
    unsent.length,
    0,
    `${unsent.length} replies are recorded as sent, or as an answer, but were not sent`,
  );
  const counts = [...reached.values()];
  return {
    sends: counts.reduce((sum, count) => sum + count, 0),
    doubled: counts.filter((count) => count > 1).length,
  };
}
