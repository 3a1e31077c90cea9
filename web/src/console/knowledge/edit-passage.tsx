import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Passage } from "../../../../lib/types/company.ts";
import { useTenant } from "../client/session.tsx";
import { passageKey as keyOf, withoutItem } from "../company/draft/applied.ts";
import { useCompanyTexts } from "../company/draft/texts.ts";
import { problemOf, type UseDraft } from "../company/draft/use-draft.ts";
import { NotFound } from "../frame/not-found.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Find } from "./find.tsx";
import { PassageForm } from "./passage-form.tsx";

interface Props {
  passageKey: string;
  editing: UseDraft;
  bar: ReactNode;
}

/** One passage: each change goes into the draft. */
export function EditPassage({ passageKey, editing, bar }: Props) {
  const { knowledge: words } = useCompanyTexts();
  const { view, company, mayEdit, setPassages } = editing;
  const passage = company?.knowledge.find((each) => keyOf(each) === passageKey);
  const gone = view?.company.knowledge.find((each) => keyOf(each) === passageKey);
  if (!passage && !gone) return <NotFound />;
  const problem = (field: string) => problemOf(view?.problems ?? [], `passages.${passageKey}`, field);
  return (
    <PageFrame title={words.editTitle} actions={<Back />}>
      {bar}
      {!passage && gone && <Removed passage={gone} editing={editing} />}
      {passage && (
        <fieldset className="card form passage-fields" disabled={!mayEdit} aria-label={passage.title}>
          <PassageForm
            words={passage}
            problem={problem}
            onChange={({ title, body, keywords }) => setPassages({ [passageKey]: { title, body, keywords } })}
          />
          <Others passage={passage} editing={editing} />
          {mayEdit && <Foot passageKey={passageKey} editing={editing} />}
        </fieldset>
      )}
      {passage && (
        <Find
          hasDraft={true}
          flush={() => editing.store.flush()}
          question={passage.title}
          language={passage.language}
        />
      )}
    </PageFrame>
  );
}

/** The way back to the list. */
export function Back() {
  const { knowledge: words } = useCompanyTexts();
  const { tenantId } = useTenant();
  return (
    <Link href={`/${tenantId}/knowledge`} className="button">
      {words.back}
    </Link>
  );
}

function Foot({ passageKey, editing: { view, setPassages, store } }: Omit<Props, "bar">) {
  const { knowledge: words } = useCompanyTexts();
  const { tenantId } = useTenant();
  const [, go] = useLocation();
  const isLive = view?.company.knowledge.some((each) => keyOf(each) === passageKey);
  const remove = () => {
    if (isLive) setPassages({ [passageKey]: null });
    else store.edit((changes) => withoutItem(changes, `passages.${passageKey}`));
    go(`/${tenantId}/knowledge`);
  };
  return (
    <div className="form-foot">
      <Link href={`/${tenantId}/knowledge`} className="button primary">
        {words.done}
      </Link>
      <button type="button" className="button danger" onClick={remove}>
        {words.remove}
      </button>
    </div>
  );
}

function Removed({ passage, editing: { store, mayEdit } }: { passage: Passage; editing: UseDraft }) {
  const { knowledge: words } = useCompanyTexts();
  return (
    <div className="card">
      <p>
        <strong>{passage.title}</strong> <span className="badge">{words.removed}</span>
      </p>
      {mayEdit && (
        <button
          type="button"
          className="button"
          onClick={() => store.edit((changes) => withoutItem(changes, `passages.${keyOf(passage)}`))}
        >
          {words.restore}
        </button>
      )}
    </div>
  );
}

/** The same topic in the other languages, where it stands or where it is missing. */
function Others({
  passage,
  editing: { company, mayEdit, setPassages },
}: {
  passage: Passage;
  editing: UseDraft;
}) {
  const { knowledge: words, languages } = useCompanyTexts();
  const { tenantId } = useTenant();
  const [, go] = useLocation();
  const others = (["es", "en", "pt"] as const).filter((language) => language !== passage.language);
  return (
    <div className="passage-others">
      <span className="hint">{words.otherLanguages}</span>
      {others.map((language) => {
        const key = keyOf({ language, slug: passage.slug });
        const stands = company?.knowledge.some((each) => keyOf(each) === key);
        if (stands)
          return (
            <Link key={language} href={`/${tenantId}/knowledge/${key}`} className="button small">
              {languages[language]}
            </Link>
          );
        const write = () => {
          setPassages({ [key]: { title: "", body: "", keywords: "" } });
          go(`/${tenantId}/knowledge/${key}`);
        };
        return mayEdit ? (
          <button key={language} type="button" className="button small" onClick={write}>
            {words.write(languages[language])}
          </button>
        ) : null;
      })}
    </div>
  );
}
