import "./write-form.css";
import { type KeyboardEvent, type SyntheticEvent, useRef } from "react";
import { ActIcon } from "../../outbox/act-icon.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { changeDraft, useDraft, type Writes, writeDraft } from "../../outbox/drafts.ts";
import { forbidsText, type Lock, takesOver } from "../../outbox/lock.ts";
import { useKeyedAct } from "../../shell/commands.ts";
import { useTexts } from "../../shell/texts.ts";
import { QuickList } from "../quick/quick-list.tsx";
import { useQuickList } from "../quick/use-quick-list.ts";
import { useSuggestion } from "../suggest/suggestions.ts";
import { useEnterSends } from "./enter-sends.ts";
import { EnterSends, Hints, hasCaption } from "./hints.tsx";
import { Preview } from "./preview.tsx";
import { Tools } from "./tools.tsx";
import { useSubmit } from "./use-submit.ts";
import { useTyping } from "./use-typing.ts";

type Props = ConversationProps & { lock: Lock };

/** The keys of one letter act again: the focus goes to the conversation's name, and what was typed stays. */
function leave(event: KeyboardEvent): void {
  event.preventDefault();
  document.getElementById("conversation-name")?.focus();
}

/** The box with its tools: Enter sends, Shift+Enter starts a new line, `/` offers quick replies, Escape leaves it. */
export function WriteForm(props: Props) {
  const { lock, view } = props;
  const { id } = view.row;
  const draft = useDraft(id);
  const { writes } = draft;
  const box = useRef<HTMLTextAreaElement>(null);
  const quick = useQuickList(props, box);
  const { submit, canSend } = useSubmit(props, box);
  const [enterSends] = useEnterSends();
  const focus = (kind: Writes) => {
    changeDraft(id, { writes: kind });
    requestAnimationFrame(() => box.current?.focus());
  };
  useKeyedAct("write", () => focus("message"));
  useKeyedAct("note", () => focus("note"));
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (quick.onKeyDown(event) || event.nativeEvent.isComposing) return;
    if (event.key === "Escape") return leave(event);
    if (event.key !== "Enter") return;
    const modified = event.ctrlKey || event.metaKey;
    if (modified || (enterSends && !event.shiftKey)) onSubmit(event);
  };
  return (
    <form className="write-form" onSubmit={onSubmit}>
      <div className="write-top">
        <WritesSwitch writes={writes} onChange={focus} />
        <EnterSends />
      </div>
      {writes === "message" && <Preview text={draft.text.message} />}
      {quick.open && <QuickList {...quick} />}
      <Box box={box} onKeyDown={onKeyDown} quick={quick} {...props} />
      <div className="write-row">
        <Tools box={box} onQuick={quick.start} {...props} />
        <SendButton writes={writes} takes={takesOver(lock)} disabled={!canSend} />
      </div>
      <Hints conversationId={id} />
    </form>
  );
}

interface BoxProps extends Props {
  box: { current: HTMLTextAreaElement | null };
  quick: ReturnType<typeof useQuickList>;
  onKeyDown(event: KeyboardEvent): void;
}

function Box({ box, quick, onKeyDown, lock, view }: BoxProps) {
  const { box: words, attach } = useTexts().composer;
  const { id } = view.row;
  const { text, writes, attachment } = useDraft(id);
  const suggestion = useSuggestion(id);
  const typing = useTyping(id);
  const isNote = writes === "note";
  const placeholder = isNote
    ? words.notePlaceholder
    : hasCaption(attachment)
      ? attach.caption
      : words.placeholder;
  return (
    <textarea
      ref={box}
      className="write-box"
      rows={2}
      value={text[writes]}
      aria-label={isNote ? words.noteLabel : words.label}
      aria-describedby="write-hints"
      aria-controls={quick.open ? quick.listId : undefined}
      aria-activedescendant={quick.activeId}
      placeholder={placeholder}
      // Words that were typed before the lock stay readable, and can be copied.
      readOnly={(!isNote && forbidsText(lock)) || suggestion?.state === "streaming"}
      aria-busy={suggestion?.state === "streaming"}
      onKeyDown={onKeyDown}
      onSelect={quick.look}
      onBlur={() => typing.stop()}
      onChange={(event) => {
        writeDraft(id, event.target.value);
        if (!isNote) typing.key(event.target.value !== "");
        quick.look();
      }}
    />
  );
}

function WritesSwitch({ writes, onChange }: { writes: Writes; onChange(writes: Writes): void }) {
  const { box } = useTexts().composer;
  return (
    <fieldset className="writes-switch">
      <legend className="unseen">{box.kind}</legend>
      {(["message", "note"] as const).map((kind) => (
        <button key={kind} type="button" aria-pressed={writes === kind} onClick={() => onChange(kind)}>
          {box[kind]}
        </button>
      ))}
    </fieldset>
  );
}

function SendButton({ writes, takes, disabled }: { writes: Writes; takes: boolean; disabled: boolean }) {
  const { box } = useTexts().composer;
  const label = writes === "note" ? box.saveNote : takes ? box.takeAndSend : box.send;
  return (
    <button type="submit" className="write-send" aria-label={label} title={label} disabled={disabled}>
      <ActIcon name={writes === "note" ? "note" : "send"} />
    </button>
  );
}
