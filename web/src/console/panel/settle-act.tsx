import { type SyntheticEvent, useId, useState } from "react";
import type {
  CustomerAct,
  CustomerActsView,
  SettleAct,
} from "../../../../contracts/console/customer-acts.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { ApiError, api } from "../client/api.ts";
import { useConversationPath } from "../outbox/paths.ts";
import { colleagueIn, refusalOf } from "../outbox/refusals.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Field } from "../shell/field.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";

/** Longest note, in characters. */
const MAX_NOTE = 300;
const HOWS = ["by_hand", "was_done", "dropped"] as const;

/** True of an act that failed, or whose result nobody knows, until a person has said what they did about it. */
export const isForPerson = ({ state, settled }: CustomerAct): boolean =>
  settled === null && (state === "failed" || state === "unknown");

interface Props {
  act: CustomerAct;
  conversationId: string;
  /** Gets the acts as they are now; null: they have changed in between. */
  onDecided(view: CustomerActsView | null): void;
  onClose(): void;
}

/** What a person did about an act: in their words if they like, and once for all. */
export function SettleDialog(props: Props) {
  const { settle: words } = useTexts().composer.panel.confirmations;
  const [how, setHow] = useState<SettleAct["how"] | null>(null);
  const [note, setNote] = useState("");
  const { busy, run } = useSettle(props);
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (how !== null) void run({ how, ...(note.trim() !== "" && { note: note.trim() }) });
  };
  return (
    <Dialog title={words.title} onClose={props.onClose}>
      <form className="form" onSubmit={onSubmit}>
        <p>{props.act.question}</p>
        <HowChoice how={how} onHow={setHow} />
        <Field label={words.note} hint={words.noteHint}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              maxLength={MAX_NOTE}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={props.onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={busy || how === null}>
            {words.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Says it to the server; where a colleague was first, that is said instead. */
function useSettle({ act, conversationId, onDecided, onClose }: Props) {
  const { composer } = useTexts();
  const { settle: words, refusals } = composer.panel.confirmations;
  const path = useConversationPath(conversationId);
  const toasts = useToasts();
  return useAct(async (settlement: SettleAct) => {
    try {
      onDecided(await api<CustomerActsView>(path(`/acts/${act.id}/settle`), { body: settlement }));
      onClose();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "";
      const isSettled = code === "act_settled";
      const other = textFor(refusals, code) ?? composer.refusals[refusalOf(error)];
      const text = isSettled ? words.wasSettled(colleagueIn(error) ?? words.somebody) : other;
      toasts.show({ kind: "bad", text });
      if (!isSettled && code !== "act_not_open") return;
      onDecided(null);
      onClose();
    }
  });
}

interface ChoiceProps {
  how: SettleAct["how"] | null;
  onHow(how: SettleAct["how"]): void;
}

function HowChoice({ how, onHow }: ChoiceProps) {
  const { settle: words } = useTexts().composer.panel.confirmations;
  const name = useId();
  return (
    <fieldset className="settle-choice">
      <legend>{words.what}</legend>
      {HOWS.map((each, place) => (
        <label key={each} className="check">
          <input
            type="radio"
            name={name}
            data-first={place === 0 ? "" : undefined}
            checked={how === each}
            onChange={() => onHow(each)}
          />
          {words.hows[each]}
        </label>
      ))}
    </fieldset>
  );
}

/** What became of it, and who said so. */
export function Settled({ settled }: { settled: NonNullable<CustomerAct["settled"]> }) {
  const { settle: words } = useTexts().composer.panel.confirmations;
  const { formats } = usePage();
  const { how, note, at, by } = settled;
  return (
    <span className="panel-settled">
      <b>✓ {words.hows[how]}</b>
      {note !== null && <span>{note}</span>}
      <small>
        {by ?? words.somebody}, {formats.day(at)}, {formats.time(at)}
      </small>
    </span>
  );
}
