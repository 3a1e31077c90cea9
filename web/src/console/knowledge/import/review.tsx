import { useState } from "react";
import type { ImportView, PassageText } from "../../../../../contracts/console/versions.ts";
import { passageKey } from "../../company/draft/applied.ts";
import { useCompanyTexts } from "../../company/draft/texts.ts";
import type { UseDraft } from "../../company/draft/use-draft.ts";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { slugOf } from "../parts/slug.ts";

interface Props {
  read: ImportView;
  editing: UseDraft;
  onClose(): void;
}

/** The passages that an import proposes: each can be changed or left out before it goes into the draft. */
export function Review({ read, editing, onClose }: Props) {
  const { importing: words } = useCompanyTexts();
  const { shell } = useTexts();
  const toasts = useToasts();
  const [rows, setRows] = useState(() => read.passages.map((passage) => ({ passage, use: true })));
  const used = rows.filter(({ use }) => use);
  const take = () => {
    const taken = new Set(editing.company?.knowledge.map(passageKey));
    const changes: Record<string, PassageText> = {};
    for (const { passage } of used) {
      const { language, title, body, keywords } = passage;
      const slugs = new Set(
        [...taken].filter((key) => key.startsWith(`${language}/`)).map((key) => key.slice(3)),
      );
      const key = passageKey({ language, slug: slugOf(title, slugs) });
      taken.add(key);
      changes[key] = { title, body, keywords };
    }
    editing.setPassages(changes);
    toasts.show({ text: words.taken(used.length) });
    onClose();
  };
  return (
    <div className="form">
      <p>
        <strong>{words.review(rows.length)}</strong>
      </p>
      {read.cut && <p className="draft-note">{words.cut}</p>}
      <ul className="review">
        {rows.map((row, place) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their places.
            key={place}
            row={row}
            onChange={(next) => setRows(rows.with(place, next))}
          />
        ))}
      </ul>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {shell.cancel}
        </button>
        <button type="button" className="button primary" disabled={used.length === 0} onClick={take}>
          {words.take(used.length)}
        </button>
      </div>
    </div>
  );
}

interface ReviewRow {
  passage: ImportView["passages"][number];
  use: boolean;
}

function Row({ row, onChange }: { row: ReviewRow; onChange(row: ReviewRow): void }) {
  const { importing: words, knowledge } = useCompanyTexts();
  const { passage, use } = row;
  const set = (change: Partial<PassageText>) => onChange({ ...row, passage: { ...passage, ...change } });
  return (
    <li>
      <label className="check">
        <input
          type="checkbox"
          checked={use}
          onChange={({ currentTarget: { checked } }) => onChange({ ...row, use: checked })}
        />
        <span>
          {words.use} <span className="badge">{passage.language.toUpperCase()}</span>
        </span>
      </label>
      <input
        aria-label={knowledge.title}
        maxLength={200}
        disabled={!use}
        value={passage.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <textarea
        aria-label={knowledge.body}
        rows={4}
        disabled={!use}
        value={passage.body}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
    </li>
  );
}
