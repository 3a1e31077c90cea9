import type { ConversationRow } from "../../../../contracts/console/inbox.ts";

const pending = new Set<string>();
const done = new Map<string, number>();

/** Does an act of this page, so that its change is not taken for somebody else's, whichever way it arrives first. */
export async function asOwn(id: string, act: () => Promise<ConversationRow>): Promise<ConversationRow> {
  pending.add(id);
  try {
    const row = await act();
    done.set(id, row.changedAt);
    return row;
  } finally {
    pending.delete(id);
  }
}

/** True when the row is as it is because of an act of this page. */
export const isOwn = ({ id, changedAt }: ConversationRow): boolean =>
  pending.has(id) || done.get(id) === changedAt;
