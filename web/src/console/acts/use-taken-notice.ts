import { useEffect, useRef } from "react";
import type { ConversationRow } from "../../../../contracts/console/inbox.ts";
import { useSession } from "../client/session.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { isOwn } from "./own-acts.ts";

/** Tells at once when a conversation that this operator has goes to somebody else, or back to the bot by itself. */
export function useTakenNotice(row: ConversationRow): void {
  const { id, assignee, owner, closedAt } = row;
  const { me } = useSession();
  const { acts: words } = useTexts().composer;
  const toasts = useToasts();
  const before = useRef({ id, operatorId: assignee?.id ?? null });
  const operatorId = assignee?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of who has it is told.
  useEffect(() => {
    const last = before.current;
    before.current = { id, operatorId };
    if (last.id !== id || last.operatorId !== me.id || operatorId === me.id) return;
    const kind = isOwn(row) ? "good" : "bad";
    if (assignee) toasts.show({ text: words.takenBy(assignee.name), kind });
    else if (owner === "bot" && closedAt === null) toasts.show({ text: words.released });
  }, [id, operatorId, me.id]);
}
