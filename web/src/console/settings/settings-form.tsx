import { type FormEvent, useState } from "react";
import type { Settings } from "../../../../contracts/console/settings.ts";
import { api } from "../client/api.ts";
import { useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { changesOf } from "./changes.ts";
import { NumberField } from "./number-field.tsx";
import { useKeepUnsaved } from "./use-keep-unsaved.ts";

const DAY_MIN = 1_440;
const USUAL_RETURN_MIN = 240;

interface Props {
  settings: Settings;
  onSaved(settings: Settings): void;
}

/** The settings as a form; nothing changes before it is saved. */
export function SettingsForm({ settings, onSaved }: Props) {
  const { shell, settings: words } = useTexts();
  const { tenantId } = useTenant();
  const toasts = useToasts();
  const [draft, setDraft] = useState(settings);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings);
  useKeepUnsaved(isChanged);
  const saving = useAct(async () => {
    const saved = await api<Settings>(tenantPath(tenantId, "/settings"), {
      body: changesOf(settings, draft),
    });
    onSaved(saved);
    setDraft(saved);
    toasts.show({ text: shell.saved });
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void saving.run();
  };
  return (
    <form className="settings" onSubmit={submit}>
      <Handover draft={draft} onChange={setDraft} />
      <Csat csat={draft.csat} onChange={(csat) => setDraft({ ...draft, csat })} />
      {saving.error !== null && <Problem error={saving.error} />}
      <div className="form-foot settings-foot">
        <button type="submit" className="button primary" disabled={!isChanged || saving.busy}>
          {saving.busy ? shell.saving : shell.save}
        </button>
        <span className="hint" role="status">
          {isChanged ? words.unsaved : ""}
        </span>
      </div>
    </form>
  );
}

function Handover({ draft, onChange }: { draft: Settings; onChange(settings: Settings): void }) {
  const { settings: words } = useTexts();
  return (
    <section className="card" aria-labelledby="handover-title">
      <h2 id="handover-title">{words.handover}</h2>
      <NumberField
        label={words.waitTarget}
        hint={words.waitTargetHint}
        unit={words.minutes}
        range={[1, DAY_MIN]}
        value={draft.waitTargetMin}
        onChange={(waitTargetMin) => onChange({ ...draft, waitTargetMin })}
      />
      <NumberField
        label={words.reportAfter}
        hint={words.reportAfterHint}
        unit={words.minutes}
        range={[1, DAY_MIN]}
        value={draft.reportAfterMin}
        onChange={(reportAfterMin) => onChange({ ...draft, reportAfterMin })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={draft.returnAfterMin !== null}
          onChange={({ currentTarget: { checked } }) =>
            onChange({ ...draft, returnAfterMin: checked ? USUAL_RETURN_MIN : null })
          }
        />
        <span>{words.returns}</span>
      </label>
      {draft.returnAfterMin !== null && (
        <NumberField
          label={words.returnAfter}
          hint={words.returnAfterHint}
          unit={words.minutes}
          range={[5, 7 * DAY_MIN]}
          value={draft.returnAfterMin}
          onChange={(returnAfterMin) => onChange({ ...draft, returnAfterMin })}
        />
      )}
    </section>
  );
}

function Csat({ csat, onChange }: { csat: Settings["csat"]; onChange(csat: Settings["csat"]): void }) {
  const { settings: words } = useTexts();
  return (
    <section className="card" aria-labelledby="csat-title">
      <h2 id="csat-title">{words.csat}</h2>
      <p className="hint">{words.csatHint}</p>
      <label className="check">
        <input
          type="checkbox"
          checked={csat.enabled}
          onChange={({ currentTarget: { checked } }) => onChange({ ...csat, enabled: checked })}
        />
        <span>{words.csatEnabled}</span>
      </label>
      {csat.enabled && (
        <>
          <NumberField
            label={words.askEvery}
            hint={words.askEveryHint}
            unit={words.days}
            range={[1, 365]}
            value={csat.askEveryDays}
            onChange={(askEveryDays) => onChange({ ...csat, askEveryDays })}
          />
          <NumberField
            label={words.silentAfter}
            hint={words.silentAfterHint}
            unit={words.minutes}
            range={[5, 1_380]}
            value={csat.silentAfterMin}
            onChange={(silentAfterMin) => onChange({ ...csat, silentAfterMin })}
          />
        </>
      )}
    </section>
  );
}
