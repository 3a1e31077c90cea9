import { useState } from "react";
import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";
import { DAYS, hoursIn, type TypedHours, typedHours } from "./hours-text.ts";

/** Opening hours by weekday and for single dates. What is typed stays as it is typed. */
export function Hours({ editing: { company, view, setProfile } }: { editing: UseDraft }) {
  const { profile: words } = useCompanyTexts();
  const stored = company?.profile.openingHours;
  const [typed, setTyped] = useState<TypedHours>(() => typedHours(stored, words.closed));
  // Another tab's draft, or one that was thrown away.
  const isStored = JSON.stringify(hoursIn(typed, words.closed)) === JSON.stringify(stored ?? null);
  const shown = isStored ? typed : typedHours(stored, words.closed);
  const change = (next: TypedHours) => {
    setTyped(next);
    setProfile("openingHours", hoursIn(next, words.closed));
  };
  const error = problemOf(view?.problems ?? [], "profile.openingHours");
  return (
    <fieldset className="hours">
      <legend>{words.openingHours}</legend>
      <p className="hint">{words.openingHoursHint}</p>
      {DAYS.map((day) => (
        <Field key={day} label={words.days[day]}>
          {(id) => (
            <input
              id={id}
              value={shown.days[day]}
              placeholder={words.closed}
              onChange={({ currentTarget: { value } }) =>
                change({ ...shown, days: { ...shown.days, [day]: value } })
              }
            />
          )}
        </Field>
      ))}
      <Field label={words.exceptions} hint={words.exceptionsHint} error={error}>
        {(id, more) => (
          <textarea
            id={id}
            aria-describedby={more}
            rows={4}
            value={shown.exceptions}
            onChange={({ currentTarget: { value } }) => change({ ...shown, exceptions: value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
