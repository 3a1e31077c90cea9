import { type SyntheticEvent, useState } from "react";
import type { Snooze } from "../../../../contracts/console/acts.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useDates } from "../shell/dates.ts";
import { Field } from "../shell/field.tsx";
import { useTexts } from "../shell/texts.ts";
import { localValue, snoozePresets } from "./snooze-times.ts";
import { useAct } from "./use-act.ts";

/** Hides the conversation until a time: presets, or any. */
export function SnoozeForm({ onClose, ...props }: ConversationProps & { onClose(): void }) {
  const { snooze: words } = useTexts().composer;
  const { weekdayAndTime } = useDates();
  const act = useAct(props);
  const [presets] = useState(() => snoozePresets(Date.now()));
  const [custom, setCustom] = useState(() => localValue(presets[2]?.until ?? Date.now()));
  const [wrong, setWrong] = useState(false);
  const snooze = async (until: number) => {
    const body: Snooze = { until };
    if (await act("snooze", body)) onClose();
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    const until = new Date(custom).getTime();
    if (until > Date.now()) void snooze(until);
    else setWrong(true);
  };
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      <ul className="choice-list">
        {presets.map(({ name, until }, place) => (
          <li key={name}>
            <button
              type="button"
              data-first={place === 0 ? "" : undefined}
              onClick={() => void snooze(until)}
            >
              {words.presets[name]}
              <small>{weekdayAndTime(until)}</small>
            </button>
          </li>
        ))}
      </ul>
      <Field label={words.custom} hint={words.hint} error={wrong ? words.past : null}>
        {(id, describedBy) => (
          <input
            id={id}
            type="datetime-local"
            aria-describedby={describedBy}
            value={custom}
            min={localValue(Date.now())}
            onChange={(event) => {
              setCustom(event.target.value);
              setWrong(false);
            }}
          />
        )}
      </Field>
      <div className="dialog-buttons">
        <button type="submit" className="button primary">
          {words.confirm}
        </button>
      </div>
    </form>
  );
}
