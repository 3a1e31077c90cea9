import { useState } from "react";
import type { VersionInput } from "../../../../../contracts/console/versions.ts";
import { ApiError, api } from "../../client/api.ts";
import { useMay, useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import { Field } from "../../shell/field.tsx";
import { FormDialog } from "../../shell/form-dialog.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { useAct } from "../../shell/use-act.ts";
import { itemsIn } from "./applied.ts";
import { useItemWords } from "./item-words.ts";
import { useCompanyTexts } from "./texts.ts";
import type { UseDraft } from "./use-draft.ts";

const MOST_NOTE = 500;

/** Saves the draft as a version with a note: live at once, or as a proposal. */
export function SaveDialog({ editing, onClose }: { editing: UseDraft; onClose(): void }) {
  const { saving: words } = useCompanyTexts();
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  const toasts = useToasts();
  const itemWords = useItemWords();
  const [note, setNote] = useState("");
  const { store, changes } = editing;
  const saving = useAct(async (live: boolean) => {
    await store.flush();
    const { revision = 0 } = store.get().view?.draft ?? {};
    const body: VersionInput = { revision, note };
    const path = tenantPath(tenantId, live ? "/versions" : "/versions/proposals");
    try {
      const { number } = await api<{ number: number }>(path, { body });
      toasts.show({ text: live ? words.saved(number) : words.proposed(number) });
      onClose();
    } catch (error) {
      // What stands in the way is shown on the page behind.
      if (!(error instanceof ApiError) || error.status >= 500) throw error;
      await store.load();
      throw error;
    }
    await store.load();
  });
  return (
    <FormDialog
      title={words.title}
      act={saving}
      words={words.errors}
      label={isOwner ? words.live : words.propose}
      busyLabel={shell.saving}
      between={
        isOwner && (
          <button type="button" className="button" disabled={saving.busy} onClick={() => saving.run(false)}>
            {words.propose}
          </button>
        )
      }
      onSubmit={() => void saving.run(isOwner)}
      onClose={onClose}
    >
      <ul className="item-names">
        {itemsIn(changes).map((item) => (
          <li key={item}>{itemWords(item)}</li>
        ))}
      </ul>
      <Note note={note} onChange={setNote} />
      <p className="hint">{isOwner ? words.liveAdvice : words.proposeAdvice}</p>
    </FormDialog>
  );
}

function Note({ note, onChange }: { note: string; onChange(note: string): void }) {
  const { saving: words } = useCompanyTexts();
  return (
    <Field label={words.note} hint={words.noteHint}>
      {(id, more) => (
        <textarea
          id={id}
          aria-describedby={more}
          data-first
          maxLength={MOST_NOTE}
          rows={3}
          value={note}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
