import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { Language, Passage } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { useTenant } from "../client/session.tsx";
import { passageKey, withoutItem } from "../company/draft/applied.ts";
import { useCompanyTexts } from "../company/draft/texts.ts";
import { problemOf, type UseDraft } from "../company/draft/use-draft.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";
import { Find } from "./find.tsx";
import { ImportDialog } from "./import/import-dialog.tsx";

interface Props {
  editing: UseDraft;
  bar: ReactNode;
}

/** Everything that the bot may answer from, with a search, and what the bot would find. */
export function PassageList({ editing, bar }: Props) {
  const { shell } = useTexts();
  const { knowledge: words } = useCompanyTexts();
  const { tenantId } = useTenant();
  const [isImporting, setImporting] = useState(false);
  const actions = editing.mayEdit && (
    <>
      <button type="button" className="button" onClick={() => setImporting(true)}>
        {words.import}
      </button>
      <Link href={`/${tenantId}/knowledge/new`} className="button primary">
        {words.add}
      </Link>
    </>
  );
  return (
    <PageFrame title={shell.pages.knowledge} intro={words.intro} actions={actions}>
      {bar}
      <Find
        hasDraft={Object.keys(editing.changes.passages ?? {}).length > 0}
        flush={() => editing.store.flush()}
      />
      <Passages editing={editing} />
      {isImporting && <ImportDialog editing={editing} onClose={() => setImporting(false)} />}
    </PageFrame>
  );
}

function Passages({ editing }: { editing: UseDraft }) {
  const { knowledge: words, languages } = useCompanyTexts();
  const { language: page } = usePage();
  const [query, setQuery] = useState("");
  const [language, setLanguage] = useState<Language | "">("");
  const all = everyPassage(editing);
  const shown = all.filter(
    (passage) => (language === "" || passage.language === language) && has(passage, query),
  );
  const sorted = shown.toSorted((one, other) => one.title.localeCompare(other.title, page));
  return (
    <section className="passages" aria-label={words.count(all.length)}>
      <div className="passage-filter">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <select
          aria-label={words.language}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value as Language | "")}
        >
          <option value="">{words.all}</option>
          {(["es", "en", "pt"] as const).map((each) => (
            <option key={each} value={each}>
              {languages[each]}
            </option>
          ))}
        </select>
        <span className="hint" role="status">
          {words.count(shown.length)}
        </span>
      </div>
      {shown.length === 0 && <p className="card empty">{all.length === 0 ? words.none : words.noMatch}</p>}
      <ul className="lines">
        {sorted.map((passage) => (
          <Line key={passageKey(passage)} passage={passage} editing={editing} />
        ))}
      </ul>
    </section>
  );
}

/** Those of the draft, and those that it removes. */
function everyPassage({ view, company, changes }: UseDraft): Passage[] {
  const removed =
    view?.company.knowledge.filter((passage) => changes.passages?.[passageKey(passage)] === null) ?? [];
  return [...(company?.knowledge ?? []), ...removed];
}

const fold = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
const has = ({ title, body, keywords, slug }: Passage, query: string) =>
  fold(`${title} ${body} ${keywords} ${slug}`).includes(fold(query.trim()));

function Line({ passage, editing }: { passage: Passage; editing: UseDraft }) {
  const { knowledge: words } = useCompanyTexts();
  const { tenantId } = useTenant();
  const { view, changes, mayEdit, store } = editing;
  const key = passageKey(passage);
  const change = changes.passages?.[key];
  const isLive = view?.company.knowledge.some((live) => passageKey(live) === key);
  const state =
    change === undefined ? null : change === null ? words.removed : isLive ? words.changed : words.added;
  const problem = problemOf(view?.problems ?? [], `passages.${key}`);
  return (
    <li>
      <div className="line-main">
        <Link href={`/${tenantId}/knowledge/${key}`}>{passage.title || passage.slug}</Link>{" "}
        <span className="badge">{passage.language.toUpperCase()}</span>{" "}
        {state && <span className="badge passage-state">{state}</span>}
        <p className="hint passage-begin">{passage.body}</p>
        {problem && <p className="field-more passage-problem">{problem}</p>}
      </div>
      {mayEdit && change !== undefined && (
        <div className="line-acts">
          <button
            type="button"
            className="button small"
            onClick={() => store.edit((all) => withoutItem(all, `passages.${key}`))}
          >
            {words.restore}
            <span className="unseen">: {passage.title}</span>
          </button>
        </div>
      )}
    </li>
  );
}
