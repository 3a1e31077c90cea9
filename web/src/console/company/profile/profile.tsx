import type { Language } from "../../../../../lib/types/company.ts";
import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";
import { Hours } from "./hours.tsx";
import { Models } from "./models.tsx";
import { Reengagement } from "./reengagement.tsx";
import { TextField } from "./text-field.tsx";

/** The company's facts as a form; each change goes into the draft. */
export function Profile({ editing }: { editing: UseDraft }) {
  const { profile: words } = useCompanyTexts();
  const { mayEdit } = editing;
  return (
    <fieldset className="form profile" disabled={!mayEdit} aria-label={words.facts}>
      <section className="card form" aria-labelledby="facts-title">
        <h2 id="facts-title">{words.facts}</h2>
        <TextField editing={editing} field="name" most={80} />
        <TextField editing={editing} field="about" hint={words.aboutHint} most={400} rows={2} />
        <TextField editing={editing} field="tone" hint={words.toneHint} most={300} rows={2} />
        <TextField editing={editing} field="contact" hint={words.contactHint} most={300} />
        <LanguageField editing={editing} />
      </section>
      <section className="card form" aria-labelledby="times-title">
        <h2 id="times-title">{words.times}</h2>
        <TextField editing={editing} field="hours" hint={words.hoursHint} most={300} rows={2} />
        <TextField editing={editing} field="timeZone" hint={words.timeZoneHint} most={60} />
        <Hours editing={editing} />
      </section>
      <section className="card form" aria-labelledby="more-title">
        <h2 id="more-title">{words.more}</h2>
        <Models editing={editing} />
        <Reengagement editing={editing} />
        <MediaDays editing={editing} />
      </section>
    </fieldset>
  );
}

function LanguageField({ editing: { company, setProfile } }: { editing: UseDraft }) {
  const { profile: words, languages } = useCompanyTexts();
  return (
    <Field label={words.language}>
      {(id) => (
        <select
          id={id}
          value={company?.profile.language}
          onChange={(event) => setProfile("language", event.currentTarget.value as Language)}
        >
          {(["es", "en", "pt"] as const).map((language) => (
            <option key={language} value={language}>
              {languages[language]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function MediaDays({ editing: { company, view, setProfile } }: { editing: UseDraft }) {
  const { profile: words } = useCompanyTexts();
  const error = problemOf(view?.problems ?? [], "profile.mediaDays");
  return (
    <Field label={words.mediaDays} hint={words.mediaDaysHint} error={error}>
      {(id, more) => (
        <input
          id={id}
          type="number"
          min={0}
          max={365}
          aria-describedby={more}
          value={company?.profile.mediaDays ?? ""}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            setProfile("mediaDays", Number.isNaN(valueAsNumber) ? null : valueAsNumber)
          }
        />
      )}
    </Field>
  );
}
