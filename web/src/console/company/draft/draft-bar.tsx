import "./draft-bar.css";
import { useState } from "react";
import { Link } from "wouter";
import { useTenant } from "../../client/session.tsx";
import { Confirm } from "../../shell/confirm.tsx";
import { Problem } from "../../shell/problem.tsx";
import { itemsIn } from "./applied.ts";
import { Conflicts } from "./conflicts.tsx";
import { useItemWords } from "./item-words.ts";
import { SaveDialog } from "./save-dialog.tsx";
import { useCompanyTexts } from "./texts.ts";
import type { UseDraft } from "./use-draft.ts";

/** What the operator has changed and not made live: kept, tried, saved or thrown away; and who else is at it. */
export function DraftBar({ editing }: { editing: UseDraft }) {
  const { draft: words } = useCompanyTexts();
  const { view, changes, keeping, mayEdit, error, store } = editing;
  const [open, setOpen] = useState<"save" | "discard" | null>(null);
  if (!view) return null;
  const count = itemsIn(changes).length;
  return (
    <>
      <section className="draft-bar" aria-label={words.label}>
        <div className="draft-state">
          <strong>{count === 0 ? words.none : words.items(count)}</strong>
          <span className="hint" role="status">
            {count === 0 && keeping === "kept" ? "" : WORDS(words)[keeping]}
          </span>
          {view.problems.length > 0 && (
            <span className="draft-problems">{words.problems(view.problems.length)}</span>
          )}
        </div>
        {count > 0 && mayEdit && (
          <Acts
            disabled={keeping === "elsewhere"}
            onSave={() => setOpen("save")}
            onDiscard={() => setOpen("discard")}
          />
        )}
        {!mayEdit && <p className="hint">{words.viewer}</p>}
      </section>
      <Others editing={editing} />
      {keeping === "elsewhere" && <Elsewhere editing={editing} />}
      {view.conflicts.length > 0 && count > 0 && <Conflicts editing={editing} />}
      {error !== null && <Problem error={error} onRetry={() => void store.flush()} />}
      {open === "save" && <SaveDialog editing={editing} onClose={() => setOpen(null)} />}
      {open === "discard" && (
        <Confirm
          title={words.discardTitle}
          act={words.discard}
          run={() => store.discard()}
          onClose={() => setOpen(null)}
        >
          {words.discardAdvice}
        </Confirm>
      )}
    </>
  );
}

const WORDS = (words: ReturnType<typeof useCompanyTexts>["draft"]) => ({
  kept: words.kept,
  keeping: words.keeping,
  failed: words.notKept,
  elsewhere: "",
});

function Acts({ disabled, onSave, onDiscard }: { disabled: boolean; onSave(): void; onDiscard(): void }) {
  const { draft: words } = useCompanyTexts();
  const { tenantId } = useTenant();
  return (
    <div className="draft-acts">
      <Link href={`/${tenantId}/playground?version=draft`} className="button small">
        {words.try}
      </Link>
      <button type="button" className="button small" onClick={onDiscard}>
        {words.discard}
      </button>
      <button type="button" className="button small primary" disabled={disabled} onClick={onSave}>
        {words.save}
      </button>
    </div>
  );
}

function Others({ editing: { view } }: { editing: UseDraft }) {
  const { draft: words } = useCompanyTexts();
  const itemWords = useItemWords();
  return view?.others
    .filter(({ items }) => items.length > 0)
    .map(({ operator, items }) => {
      const named = items.slice(0, 3).map(itemWords).join(", ");
      return (
        <p key={operator} className="draft-note">
          {words.others(operator, items.length > 3 ? `${named}, +${items.length - 3}` : named)}
        </p>
      );
    });
}

function Elsewhere({ editing: { store } }: { editing: UseDraft }) {
  const { draft: words } = useCompanyTexts();
  return (
    <div className="draft-note" role="alert">
      <p>{words.changedElsewhere}</p>
      <div className="draft-acts">
        <button type="button" className="button small" onClick={() => void store.settle("other")}>
          {words.load}
        </button>
        <button type="button" className="button small" onClick={() => void store.settle("this")}>
          {words.overwrite}
        </button>
      </div>
    </div>
  );
}
