import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Language } from "../../../lib/types/company.ts";
import type { SimMessage } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { useActs } from "./acts.ts";
import { AttachButton } from "./attach/attach-button.tsx";
import { ReplyBar } from "./reply-bar.tsx";

/** WhatsApp's own limit of a text message, in characters. */
const MAX_CHARACTERS = 4096;
const COUNTED_FROM = 3800;

interface Props {
  /** A person has the conversation, so the reader may write as that person too. */
  human: boolean;
  /** The customer's. */
  language: Language;
  /** The message that the next one answers. */
  quoted: SimMessage | null;
  onStopQuoting(): void;
  onSendAsAgent(text: string): Promise<boolean>;
}

/** Where messages are written: Enter sends, Shift+Enter starts a new line. */
export function Composer({ human, language, quoted, onStopQuoting, onSendAsAgent }: Props) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const [text, setText] = useState("");
  const [asAgent, setAsAgent] = useState(false);
  const keys = useId();
  const agent = human && asAgent;
  const label = agent ? chat.asAgent : chat.message;
  const acts = useActs();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (quoted) box.current?.focus();
  }, [quoted]);

  const submit = async () => {
    if (text.trim() === "") return;
    setText("");
    if (!agent) acts.write({ type: "text", text });
    else if (!(await onSendAsAgent(text))) setText(text);
  };
  const onPaste = (event: ClipboardEvent) => {
    const image = imageIn(event);
    if (image && !agent) void acts.attach("image", image);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onStopQuoting();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form
      className="composer"
      data-agent={agent}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {human && <WriteAs asAgent={asAgent} onChange={setAsAgent} />}
      {quoted && !agent && <ReplyBar quoted={quoted} onStop={onStopQuoting} />}
      <div className="composer-row">
        {!agent && <AttachButton language={language} />}
        <textarea
          ref={box}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-describedby={keys}
          maxLength={MAX_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <Send disabled={text.trim() === ""} />
      </div>
      <p className="composer-keys" id={keys}>
        {chat.keys}
        {text.length >= COUNTED_FROM && (
          <span className="number">
            {text.length} / {MAX_CHARACTERS}
          </span>
        )}
      </p>
    </form>
  );
}

/** A picture in what is pasted, which the text box would drop; then nothing else is pasted. */
function imageIn(event: ClipboardEvent): File | undefined {
  const image = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
  if (image) event.preventDefault();
  return image;
}

function Send({ disabled }: { disabled: boolean }) {
  const { texts } = usePage();
  return (
    <button
      type="submit"
      className="composer-send"
      aria-label={texts.simulator.chat.send}
      disabled={disabled}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path fill="currentColor" d="M3 20.5v-6.6l9.2-1.9L3 10.1V3.5L21.6 12z" />
      </svg>
    </button>
  );
}

function WriteAs({ asAgent, onChange }: { asAgent: boolean; onChange(asAgent: boolean): void }) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  return (
    <fieldset className="switch write-as">
      <legend className="unseen">{chat.writeAs}</legend>
      <button type="button" aria-pressed={!asAgent} onClick={() => onChange(false)}>
        {chat.you}
      </button>
      <button type="button" aria-pressed={asAgent} onClick={() => onChange(true)}>
        {chat.agent}
      </button>
    </fieldset>
  );
}
