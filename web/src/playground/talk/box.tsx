import "./box.css";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { ask, changeTalk, isAnswering, stop, type Talk, type TalkRef } from "../state/talk.ts";
import { usePlaygroundTexts } from "../words/texts.ts";

/** As much as WhatsApp takes. */
const MAX_CHARACTERS = 4_096;

/** Where the customer's words are written. They stay until they stand in the conversation. */
export function Box({ talk, reference }: { talk: Talk; reference: TalkRef }) {
  const words = usePlaygroundTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  const busy = isAnswering(talk);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const send = () => {
    if (busy || talk.words.trim() === "") return;
    ask(reference, { direction: "in", text: talk.words.trim(), tap: null });
    changeTalk(reference, { words: "" });
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="trial-box"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        aria-label={words.box}
        title={words.enterSends}
        placeholder={words.placeholder}
        rows={1}
        maxLength={MAX_CHARACTERS}
        value={talk.words}
        onChange={(event) => changeTalk(reference, { words: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {/* Keys: the same element would become a submit button within its own click, and send what is being typed. */}
      {busy ? (
        <button key="stop" type="button" className="button" onClick={() => stop(reference)}>
          {words.stop}
        </button>
      ) : (
        <button key="send" type="submit" className="button primary" disabled={talk.words.trim() === ""}>
          {words.send}
        </button>
      )}
    </form>
  );
}
