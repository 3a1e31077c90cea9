import type { ThreadMessage } from "../../../contracts/console/thread.ts";
import type { ChangedThread, Changes } from "../../types/console/live.ts";
import { shownRow } from "../inbox/row.ts";
import { shownCustomer } from "../thread/customer.ts";
import { shownMessage } from "../thread/message.ts";

/** Changes as pages show them. */
export type ShownChanges = Changes<ThreadMessage>;

/** Changes of a company as pages show them: once for all of its pages. */
export const shownChanges = (tenantId: string, { rows, threads, ...rest }: Changes): ShownChanges => ({
  ...rest,
  rows: rows.map((changed) => ({ ...changed, row: shownRow(changed.row) })),
  threads: threads.map((thread) => shownThread(tenantId, thread)),
});

function shownThread(tenantId: string, thread: ChangedThread): ChangedThread<ThreadMessage> {
  if (thread.gone) return thread;
  const of = { tenantId, conversationId: thread.id };
  const messages = thread.messages.map(({ version, value }) => ({ version, value: shownMessage(value, of) }));
  const state = thread.state && { ...thread.state, customer: shownCustomer(thread.state.customer) };
  return { ...thread, messages, state };
}
