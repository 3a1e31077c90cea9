import type { Acted } from "../../../../contracts/console/acts.ts";
import { api } from "../client/api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useConversationPath } from "../outbox/paths.ts";
import { colleagueIn, refusalOf } from "../outbox/refusals.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { asOwn } from "./own-acts.ts";

/** Acts of the API below a conversation. */
export type ActName = "take" | "give-back" | "assign" | "snooze" | "close" | "reopen" | "tags" | "unflag";

/** Does an act and puts the answered row into the view; a failure is said in words. Resolves to whether it was done. */
export function useAct({
  view,
  onRow,
}: ConversationProps): (act: ActName, body?: object) => Promise<boolean> {
  const path = useConversationPath(view.row.id);
  const toasts = useToasts();
  const { acts, refusals } = useTexts().composer;
  return async (act, body = {}) => {
    try {
      onRow(await asOwn(view.row.id, async () => (await api<Acted>(path(`/${act}`), { body })).row));
      return true;
    } catch (error) {
      const by = colleagueIn(error);
      toasts.show({ kind: "bad", text: by === null ? refusals[refusalOf(error)] : acts.takenBy(by) });
      return false;
    }
  };
}
