import { useState } from "react";
import { plainText } from "../../../chat/text/formatting.ts";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { changeDraft, useDraft, writeDraft } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";
import { AskDialog } from "./suggest-button.tsx";

/** Withheld replies that were used or hidden, by conversation and time. */
const answered = new Set<string>();

/** The reply that the bot did not send because a person took over, to be used as a draft. */
export function WithheldBar({ view: { row, withheld } }: ConversationProps) {
  const { suggest: words } = useTexts().composer;
  const { text } = useDraft(row.id);
  const [asking, setAsking] = useState(false);
  const [, look] = useState(0);
  const key = `${row.id} ${withheld?.at}`;
  if (!withheld || answered.has(key)) return null;
  const hide = () => {
    answered.add(key);
    look((count) => count + 1);
  };
  const use = (kept: string) => {
    setAsking(false);
    changeDraft(row.id, { writes: "message" });
    writeDraft(row.id, [kept.trim(), withheld.text].filter(Boolean).join("\n\n"), "message");
    hide();
  };
  return (
    <div className="withheld-bar">
      <p>
        <b>{words.withheld}:</b> {plainText(withheld.text)}
      </p>
      <button
        type="button"
        className="link-button"
        onClick={() => (text.message.trim() === "" ? use("") : setAsking(true))}
      >
        {words.use}
      </button>
      <button type="button" className="link-button" onClick={hide}>
        {words.hide}
      </button>
      {asking && (
        <AskDialog replace={() => use("")} append={() => use(text.message)} keep={() => setAsking(false)} />
      )}
    </div>
  );
}
