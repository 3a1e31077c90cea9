/** Conversations and handoffs that operators left alone. */
import type { AbsentOperators, IdleConversation, UntakenHandoffs } from "../lib/types/handover.ts";
import type { Database } from "./client.ts";

/** Creates the store of what operators left alone. */
export const createAbsentOperators = ({ sql }: Database): AbsentOperators => ({
  idle: async (limit) => {
    const [row] = await sql<{
      answer: IdleConversation[];
    }>`select idle_conversations(${limit}::int) as answer`;
    return row?.answer ?? [];
  },
  giveBack: async (order) => {
    const [row] = await sql<{ answer: { companyName: string } | null }>`
      select return_to_bot(${JSON.stringify(order)}::jsonb) as answer`;
    return row?.answer ?? null;
  },
  untaken: async (limit) => {
    const [row] = await sql<{ answer: UntakenHandoffs[] }>`select untaken_handoffs(${limit}::int) as answer`;
    return row?.answer ?? [];
  },
  notReported: async (handoffIds) => {
    await sql`select report_again(array(select jsonb_array_elements_text(${JSON.stringify(handoffIds)}::jsonb))::uuid[])`;
  },
});
