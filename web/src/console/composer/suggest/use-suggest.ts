import { useState } from "react";
import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { request } from "../../client/api.ts";
import { useReached } from "../../client/reach.ts";
import { changeDraft, useDraft } from "../../outbox/drafts.ts";
import { useConversationPath } from "../../outbox/paths.ts";
import { suggest } from "./suggestions.ts";

/** How to begin a suggestion: at once in an empty box; else the operator first decides what becomes of their words. */
export function useSuggest(row: ConversationRow) {
  const path = useConversationPath(row.id)("/suggestion");
  const { text } = useDraft(row.id);
  const reached = useReached();
  const [asking, setAsking] = useState(false);
  const begin = (kept: string) => {
    setAsking(false);
    changeDraft(row.id, { writes: "message" });
    void suggest(row.id, kept, (signal) => request(path, { body: {}, signal }));
  };
  return {
    asking,
    canAsk: reached,
    start: () => (text.message.trim() === "" ? begin("") : setAsking(true)),
    replace: () => begin(""),
    append: () => begin(text.message),
    keep: () => setAsking(false),
  };
}
