import { type SyntheticEvent, useState } from "react";
import type { GiveBack } from "../../../../contracts/console/acts.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { KeyedStore, useKeyed } from "../outbox/store.ts";
import { Field } from "../shell/field.tsx";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "./use-act.ts";

const MAX_NOTE = 1000;

/** Notes for the bot that were begun: closing the dialog does not lose them. */
const begun = new KeyedStore("");

/** Gives the conversation back to the bot, with what it should know. */
export function GiveBackForm({ onClose, ...props }: ConversationProps & { onClose(): void }) {
  const { giveBack: words } = useTexts().composer;
  const { id } = props.view.row;
  const note = useKeyed(begun, id);
  const act = useAct(props);
  const [busy, setBusy] = useState(false);
  const onSubmit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    const body: GiveBack = note.trim() === "" ? {} : { note: note.trim() };
    const done = await act("give-back", body);
    setBusy(false);
    if (!done) return;
    begun.set(id, "");
    onClose();
  };
  return (
    <form className="form" onSubmit={onSubmit}>
      <p>{words.hint}</p>
      <Field label={words.note} hint={words.noteHint}>
        {(field, describedBy) => (
          <textarea
            id={field}
            aria-describedby={describedBy}
            data-first
            maxLength={MAX_NOTE}
            placeholder={words.notePlaceholder}
            value={note}
            onChange={(event) => begun.set(id, event.target.value)}
          />
        )}
      </Field>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy}>
          {words.confirm}
        </button>
      </div>
    </form>
  );
}
