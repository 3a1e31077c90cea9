/** Acts of customers and reminders of what they have arranged; each call is one statement (`db/functions/acts/`, `reminders/`). */
import type { ActStore } from "../lib/types/turn/acts.ts";
import type { ReminderStore, SettledReminder } from "../lib/types/turn/reminders.ts";
import type { ClaimRef } from "../lib/types/turn-store.ts";
import type { Database } from "./client.ts";

/** Creates the store of acts for turns. */
export const createActStore = ({ sql }: Database): ActStore => ({
  begin: (claim, begin) =>
    answerOf(sql`select begin_act(${JSON.stringify({ ...refOf(claim), ...begin })}::jsonb) as answer`),
  end: (claim, end) =>
    answerOf(sql`select end_act(${JSON.stringify({ ...refOf(claim), ...end })}::jsonb) as answer`),
});

const refOf = ({ conversationId, epoch }: ClaimRef) => ({ conversationId, epoch });

async function answerOf<Answer>(rows: Promise<{ answer: Answer }[]>): Promise<Answer> {
  const [row] = await rows;
  if (!row) throw new Error("the database returned no row");
  return row.answer;
}

/** Creates the store of reminders for the job that sends them. */
export const createReminderStore = ({ sql }: Database): ReminderStore => ({
  due: async (limit) => {
    const [row] = await sql<{ answer: Awaited<ReturnType<ReminderStore["due"]>> }>`
      select due_reminders(${limit}::int) as answer`;
    return row?.answer ?? { due: [], missed: [] };
  },
  settle: async (settle) => {
    const [row] = await sql<{ answer: SettledReminder }>`
      select settle_reminder(${JSON.stringify(settle)}::jsonb) as answer`;
    return row?.answer ?? null;
  },
});
