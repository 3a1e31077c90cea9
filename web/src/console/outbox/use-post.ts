import type { Acted, Sending, Take, WriteNote } from "../../../../contracts/console/acts.ts";
import { api } from "../client/api.ts";
import { useSession } from "../client/session.tsx";
import type { ConversationProps } from "./conversation-props.ts";
import { useConversationPath } from "./paths.ts";
import { bodyOf, type Outgoing, type Post } from "./sending.ts";

/** How items of the open conversation reach the server; what it answers goes into the view. */
export function usePost({ view, onRow, onMessage, onNote }: ConversationProps): Post {
  const path = useConversationPath(view.row.id);
  const { me } = useSession();
  return async (item: Outgoing) => {
    if (item.kind === "note") {
      const body: WriteNote = { id: item.id, text: item.text };
      const { row } = await api<Acted>(path("/notes"), { body });
      onRow(row);
      return onNote({ id: item.id, at: item.at, text: item.text, operator: { id: me.id, name: me.name } });
    }
    if (item.takes) {
      const body: Take = item.takes;
      onRow((await api<Acted>(path("/take"), { body })).row);
    }
    const { message, row } = await api<Sending>(path("/messages"), { body: bodyOf(item) });
    onMessage(message);
    onRow(row);
  };
}
