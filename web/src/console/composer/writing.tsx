import "./composer.css";
import { useEffect } from "react";
import { useSession, useTenant } from "../client/session.tsx";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useDraft } from "../outbox/drafts.ts";
import { belongTo } from "../outbox/leaving.ts";
import { useLock } from "../outbox/use-lock.ts";
import { useTexts } from "../shell/texts.ts";
import { AttachmentCard } from "./attach/attachment-card.tsx";
import { DropArea } from "./attach/drop-area.tsx";
import { LockBar } from "./box/lock-bar.tsx";
import { QuoteBar } from "./box/quote-bar.tsx";
import { WriteForm } from "./box/write-form.tsx";
import { ReactionPicker } from "./message-acts.tsx";
import { SuggestionBar } from "./suggest/suggestion-bar.tsx";
import { WithheldBar } from "./suggest/withheld-bar.tsx";

/** Box, tools and everything above them. */
export function Writing(props: ConversationProps) {
  const { row } = props.view;
  const { box } = useTexts().composer;
  const { me } = useSession();
  const { role } = useTenant();
  const draft = useDraft(row.id);
  const lock = useLock(row);
  useEffect(() => belongTo(me.id), [me.id]);
  if (role === "viewer") return <LockBar lock={lock} {...props} />;
  return (
    <DropArea row={row}>
      <section className="composer" aria-label={box.kind} data-writes={draft.writes}>
        {draft.writes === "message" && (
          <>
            <LockBar lock={lock} {...props} />
            <WithheldBar {...props} />
            <SuggestionBar row={row} />
            {draft.quote && <QuoteBar conversationId={row.id} quoted={draft.quote} />}
            {draft.attachment && <AttachmentCard row={row} attachment={draft.attachment} />}
          </>
        )}
        {/* A draft of its own for each conversation: the box must not carry undo steps from one into another. */}
        <WriteForm key={row.id} lock={lock} {...props} />
        <ReactionPicker {...props} />
      </section>
    </DropArea>
  );
}
