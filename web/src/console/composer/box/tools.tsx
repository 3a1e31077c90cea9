import { lazy, Suspense, useRef, useState } from "react";
import { Icon } from "../../../shared/icons.tsx";
import { ActIcon } from "../../outbox/act-icon.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { useDraft } from "../../outbox/drafts.ts";
import { insertText } from "../../outbox/insert-text.ts";
import { forbidsText, type Lock } from "../../outbox/lock.ts";
import { useKeyedAct } from "../../shell/commands.ts";
import { useTexts } from "../../shell/texts.ts";
import { useAttach } from "../attach/use-attach.ts";
import { SuggestButton } from "../suggest/suggest-button.tsx";
import { TemplateButton } from "../templates/template-button.tsx";

const EmojiPicker = lazy(() => import("../emoji/emoji-picker.tsx").then((m) => ({ default: m.EmojiPicker })));
const Recorder = lazy(() => import("../record/recorder.tsx").then((m) => ({ default: m.Recorder })));

interface Props extends ConversationProps {
  box: { current: HTMLTextAreaElement | null };
  lock: Lock;
  /** Opens the list of quick replies. */
  onQuick(): void;
}

/** Buttons beside the box: file, emoji, quick replies, recording, template, suggestion. */
export function Tools({ box, lock, onQuick, ...props }: Props) {
  const { composer } = useTexts();
  const { row } = props.view;
  const { writes } = useDraft(row.id);
  if (writes === "note") return <EmojiButton box={box} conversationId={row.id} />;
  if (forbidsText(lock)) return lock === "window" ? <span /> : null;
  return (
    <div className="tools" role="toolbar" aria-label={composer.box.tools}>
      <AttachButton {...props} />
      <EmojiButton box={box} conversationId={row.id} />
      <button
        type="button"
        className="tool"
        aria-label={composer.quick.open}
        title={composer.quick.open}
        onClick={onQuick}
      >
        <ActIcon name="quick" />
      </button>
      <RecordButton {...props} />
      <TemplateButton {...props} icon />
      <SuggestButton {...props} />
    </div>
  );
}

function AttachButton({ view }: ConversationProps) {
  const { attach } = useTexts().composer;
  const add = useAttach(view.row);
  const picker = useRef<HTMLInputElement>(null);
  const open = () => picker.current?.click();
  useKeyedAct("attach", open);
  return (
    <>
      <button type="button" className="tool" aria-label={attach.open} title={attach.open} onClick={open}>
        <Icon name="attach" />
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={attach.open}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

function EmojiButton({ box, conversationId }: Pick<Props, "box"> & { conversationId: string }) {
  const { emoji } = useTexts().composer;
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const open = () => setAnchor(button.current?.getBoundingClientRect() ?? null);
  useKeyedAct("emoji", open);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool"
        aria-label={emoji.open}
        title={emoji.open}
        aria-expanded={anchor !== null}
        onClick={open}
      >
        <ActIcon name="emoji" />
      </button>
      {anchor && (
        <Suspense>
          <EmojiPicker
            anchor={anchor}
            onClose={() => setAnchor(null)}
            onChoose={(chosen) => box.current && insertText(box.current, conversationId, chosen)}
          />
        </Suspense>
      )}
    </>
  );
}

function RecordButton({ view }: ConversationProps) {
  const { record } = useTexts().composer;
  const add = useAttach(view.row);
  const [open, setOpen] = useState(false);
  useKeyedAct("record", () => setOpen(true));
  return (
    <>
      <button
        type="button"
        className="tool"
        aria-label={record.open}
        title={record.open}
        onClick={() => setOpen(true)}
      >
        <Icon name="voice" />
      </button>
      {open && (
        <Suspense>
          <Recorder onClose={() => setOpen(false)} onUse={(file) => add([file])} />
        </Suspense>
      )}
    </>
  );
}
