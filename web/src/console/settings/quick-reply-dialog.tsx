import { useRef, useState } from "react";
import type { QuickReply } from "../../../../contracts/console/settings.ts";
import { api } from "../client/api.ts";
import { useSession, useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { Field } from "../shell/field.tsx";
import { FormDialog } from "../shell/form-dialog.tsx";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "../shell/use-act.ts";

const PLACEHOLDERS = ["name", "operator", "company"] as const;
const MAX_TEXT = 4_096;

interface Props {
  reply: QuickReply;
  others: readonly QuickReply[];
  onSaved(): Promise<unknown>;
  onClose(): void;
}

/** Editor of a quick reply, with a preview. */
export function QuickReplyDialog({ reply, others, onSaved, onClose }: Props) {
  const { settings } = useTexts();
  const { tenantId } = useTenant();
  const [draft, setDraft] = useState(reply);
  const isTaken = others.some(
    ({ shortcut, language }) => shortcut === draft.shortcut && language === draft.language,
  );
  const saving = useAct(async () => {
    await api(tenantPath(tenantId, "/quick-replies"), { body: draft });
    await onSaved();
    onClose();
  });
  const submit = () => {
    if (!isTaken) void saving.run();
  };
  return (
    <FormDialog
      title={reply.text ? settings.replies.edit : settings.replies.add}
      shape="wide"
      act={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <ShortcutAndLanguage draft={draft} isTaken={isTaken} onChange={setDraft} />
      <Text text={draft.text} onChange={(text) => setDraft({ ...draft, text })} />
      <Preview text={draft.text} />
    </FormDialog>
  );
}

interface DraftProps {
  draft: QuickReply;
  isTaken: boolean;
  onChange(draft: QuickReply): void;
}

function ShortcutAndLanguage({ draft, isTaken, onChange }: DraftProps) {
  const { settings } = useTexts();
  return (
    <div className="field-row">
      <Field
        label={settings.replies.shortcut}
        hint={settings.replies.shortcutHint}
        error={isTaken ? settings.replies.taken : null}
      >
        {(id, more) => (
          <input
            id={id}
            required
            maxLength={32}
            pattern="[\p{L}\p{N}_\-]+"
            autoComplete="off"
            spellCheck={false}
            data-first
            aria-describedby={more}
            value={draft.shortcut}
            onChange={(event) =>
              onChange({ ...draft, shortcut: event.currentTarget.value.replace(/^\//, "") })
            }
          />
        )}
      </Field>
      <Field label={settings.replies.language}>
        {(id) => (
          <select
            id={id}
            value={draft.language ?? ""}
            onChange={(event) =>
              onChange({ ...draft, language: (event.currentTarget.value || null) as QuickReply["language"] })
            }
          >
            <option value="">{settings.replies.anyLanguage}</option>
            <option value="es">Español</option>
            <option value="en">English</option>
            <option value="pt">Português</option>
          </select>
        )}
      </Field>
    </div>
  );
}

function Text({ text, onChange }: { text: string; onChange(text: string): void }) {
  const { settings } = useTexts();
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const area = box.current;
    if (!area) return;
    area.setRangeText(`{{${name}}}`, area.selectionStart, area.selectionEnd, "end");
    onChange(area.value);
    area.focus();
  };
  return (
    <>
      <Field label={settings.replies.text}>
        {(id) => (
          <textarea
            id={id}
            ref={box}
            required
            maxLength={MAX_TEXT}
            rows={4}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset className="placeholders">
        <legend>{settings.replies.insert}</legend>
        {PLACEHOLDERS.map((name) => (
          <button key={name} type="button" className="button small" onClick={() => insert(name)}>
            {settings.replies.placeholders[name]}
          </button>
        ))}
      </fieldset>
    </>
  );
}

function Preview({ text }: { text: string }) {
  const { settings } = useTexts();
  const { me } = useSession();
  const { company } = useTenant();
  const values: Record<string, string> = { name: settings.replies.somebody, operator: me.name, company };
  const filled = text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  const unknown = [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !(name in values));
  return (
    <section className="quick-reply-preview" aria-label={settings.replies.preview}>
      <p className="hint">{settings.replies.preview}</p>
      <p className="quick-reply-bubble">{filled || "…"}</p>
      {unknown.length > 0 && (
        <p className="field-more" role="alert">
          {settings.replies.unknown(unknown.join(", "))}
        </p>
      )}
    </section>
  );
}
