import "./composer.css";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import type { ChatMessage } from "../../../../contracts/chat.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";
import { AttachButton } from "../attach/attach-button.tsx";
import { ReplyBar } from "./reply-bar.tsx";

/** WhatsApp's limit for a text message, in characters. */
const MAX_CHARACTERS = 4096;
const COUNTED_FROM = 3800;

interface Props {
  /** True while an operator has the conversation: messages can then be written as the operator too. */
  human: boolean;
  /** The customer's language. */
  language: Language;
  /** Message that the next one replies to. */
  quoted: ChatMessage | null;
  onStopQuoting(): void;
  onSendAsOperator(text: string): Promise<boolean>;
}

/** Message box: Enter sends, Shift+Enter starts a new line. */
export function Composer({ human, language, quoted, onStopQuoting, onSendAsOperator }: Props) {
  const { composer: words } = usePage().texts.simulator;
  const [text, setText] = useState("");
  const [writesAsOperator, setWritesAsOperator] = useState(false);
  const keys = useId();
  const asOperator = human && writesAsOperator;
  const label = asOperator ? words.asOperator : words.message;
  const actions = useActions();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (quoted) box.current?.focus();
  }, [quoted]);

  const submit = async () => {
    if (text.trim() === "") return;
    setText("");
    if (!asOperator) actions.write({ type: "text", text });
    else if (!(await onSendAsOperator(text))) setText(text);
  };
  const onPaste = (event: ClipboardEvent) => {
    const image = imageIn(event);
    if (image && !asOperator) void actions.attach("image", image);
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    void submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onStopQuoting();
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) onSubmit(event);
  };
  return (
    <form className="composer" data-operator={asOperator} onSubmit={onSubmit}>
      {human && <WriteAs asOperator={asOperator} onChange={setWritesAsOperator} />}
      {quoted && !asOperator && <ReplyBar quoted={quoted} onStop={onStopQuoting} />}
      <div className="composer-row">
        {!asOperator && <AttachButton language={language} />}
        <textarea
          {...{
            ref: box,
            rows: 1,
            placeholder: label,
            maxLength: MAX_CHARACTERS,
            value: text,
            onKeyDown,
            onPaste,
          }}
          aria-label={label}
          aria-describedby={keys}
          onChange={(event) => setText(event.target.value)}
        />
        <SendButton disabled={text.trim() === ""} />
      </div>
      <Keys id={keys} length={text.length} />
    </form>
  );
}

/** Keys that the box knows, and the number of characters when it nears the limit. */
function Keys({ id, length }: { id: string; length: number }) {
  return (
    <p className="composer-keys" id={id}>
      {usePage().texts.simulator.composer.keys}
      {length >= COUNTED_FROM && (
        <span className="number">
          {length} / {MAX_CHARACTERS}
        </span>
      )}
    </p>
  );
}

/** Image in the clipboard, which a text box would drop; nothing else is pasted then. */
function imageIn(event: ClipboardEvent): File | undefined {
  const image = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
  if (image) event.preventDefault();
  return image;
}

function SendButton({ disabled }: { disabled: boolean }) {
  const { send } = usePage().texts.simulator.composer;
  return (
    <button type="submit" className="composer-send" aria-label={send} disabled={disabled}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path fill="currentColor" d="M3 20.5v-6.6l9.2-1.9L3 10.1V3.5L21.6 12z" />
      </svg>
    </button>
  );
}

function WriteAs({ asOperator, onChange }: { asOperator: boolean; onChange(asOperator: boolean): void }) {
  const { texts } = usePage();
  const { authors } = texts.chat;
  return (
    <fieldset className="switch write-as">
      <legend className="unseen">{texts.simulator.composer.writeAs}</legend>
      <button type="button" aria-pressed={!asOperator} onClick={() => onChange(false)}>
        {authors.customer}
      </button>
      <button type="button" aria-pressed={asOperator} onClick={() => onChange(true)}>
        {authors.operator}
      </button>
    </fieldset>
  );
}
