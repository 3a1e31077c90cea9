import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import type { FindInput, FoundPassage } from "../../../../contracts/console/versions.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { api } from "../client/api.ts";
import { useMay, useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { useCompanyTexts } from "../company/draft/texts.ts";
import { Problem } from "../shell/problem.tsx";
import { useAct } from "../shell/use-act.ts";
import { type HandedQuestion, handQuestion } from "./handed-question.ts";
import { LanguageSelect } from "./parts/language-select.tsx";

interface Props {
  hasDraft: boolean;
  /** Keeps what was typed before it is searched. */
  flush(): Promise<void>;
  question?: string;
  /** Of the question; absent: the page's. */
  language?: Language;
}

/** The bot's own search, by a question as a customer would ask it. */
export function Find({ hasDraft, flush, question: first = "", language: asked }: Props) {
  const { find: words } = useCompanyTexts();
  const { language: page } = usePage();
  const { tenantId } = useTenant();
  const [question, setQuestion] = useState(first);
  const [language, setLanguage] = useState<Language>(asked ?? page);
  const [version, setVersion] = useState<FindInput["version"]>("draft");
  const [found, setFound] = useState<FoundPassage[] | null>(null);
  const finding = useAct(async () => {
    await flush();
    const body: FindInput = { question, language, version: hasDraft ? version : "live" };
    setFound(await api<FoundPassage[]>(tenantPath(tenantId, "/knowledge/find"), { body }));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void finding.run();
  };
  return (
    <section className="card find" aria-labelledby="find-title">
      <h2 id="find-title">{words.title}</h2>
      <form className="find-form" onSubmit={submit}>
        <input
          aria-label={words.question}
          placeholder={words.question}
          required
          maxLength={300}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <LanguageSelect value={language} onChange={setLanguage} />
        {hasDraft && (
          <select
            aria-label={words.where}
            value={version}
            onChange={(event) => setVersion(event.currentTarget.value as FindInput["version"])}
          >
            <option value="draft">{words.draft}</option>
            <option value="live">{words.live}</option>
          </select>
        )}
        <button type="submit" className="button" disabled={finding.busy}>
          {words.ask}
        </button>
      </form>
      {finding.error !== null && <Problem error={finding.error} />}
      <div role="status">{found && <Found found={found} asked={{ question, language }} />}</div>
    </section>
  );
}

function Found({ found, asked }: { found: readonly FoundPassage[]; asked: HandedQuestion }) {
  const { find: words } = useCompanyTexts();
  const { locale } = usePage();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  if (found.length === 0) return <Nothing asked={asked} />;
  return (
    <ol className="found">
      {found.map(({ slug, language, title, text, score, read, cut }, place) => (
        <li key={`${language}/${slug}`} data-read={read || undefined}>
          <span className="unseen">{words.rank(place + 1)}: </span>
          <strong>{title}</strong> <span className="badge">{language.toUpperCase()}</span>{" "}
          <span className="hint">
            {percent.format(score)} · {read ? words.read : words.notRead}
            {cut && ` · ${words.cut}`}
          </span>
          <p className="passage-begin">{text}</p>
        </li>
      ))}
    </ol>
  );
}

/** Nothing to answer from: the passage that is missing can be written at once. */
function Nothing({ asked }: { asked: HandedQuestion }) {
  const { find: words, knowledge } = useCompanyTexts();
  const { tenantId } = useTenant();
  const mayEdit = useMay("agent");
  return (
    <div className="found-nothing">
      <p className="hint">{words.nothing}</p>
      {mayEdit && (
        <Link
          href={`/${tenantId}/knowledge/new`}
          className="button small"
          onClick={() => handQuestion(asked)}
        >
          {knowledge.add}
        </Link>
      )}
    </div>
  );
}
