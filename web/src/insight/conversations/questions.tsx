import { Link } from "wouter";
import type { QuestionGroup, UnansweredQuestions } from "../../../../contracts/console/conversations.ts";
import { useMay, useTenant } from "../../console/client/session.tsx";
import { handQuestion } from "../../console/knowledge/handed-question.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { usePage } from "../../shared/page.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";

/** What the knowledge base had nothing for, grouped by likeness, each with a way to write what is missing. */
export function Questions() {
  const { conversations: words, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<UnansweredQuestions>("conversations/questions");
  const figures = useFigures();
  const seesWords = useMay("agent");
  const namesOf = useNames();
  if (error) return <Problem error={error} words={frame.errors} onRetry={() => mutate()} />;
  if (!data) return <Waiting />;
  const { groups, asked, more, others } = data;
  const table: Table = {
    columns: [words.questions, frame.filter.language, words.count],
    rows: groups.map((group, place) => [
      cell(namesOf(group, place)),
      cell(group.language?.toUpperCase() ?? ""),
      cell(figures.count(group.n), group.n),
    ]),
  };
  const hints = [
    words.questionsHint,
    words.questionsOwn,
    more ? words.questionsMore : "",
    seesWords ? "" : words.questionsHidden,
  ];
  return (
    <Chart title={words.questions} hint={hints.join(" ")} table={table} events={asked} trend={false} visible>
      <ol className="questions">
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no names of their own, and are replaced as a whole.
          <Group key={place} group={group} name={namesOf(group, place)} />
        ))}
      </ol>
      {others > 0 && <p className="hint">{words.questionsOthers(figures.count(others))}</p>}
    </Chart>
  );
}

/** A group's most frequent wording; a number for who may not see words. */
function useNames(): (group: QuestionGroup, place: number) => string {
  const { conversations: words } = useInsightTexts();
  const wordsOf = useLabelWords();
  return ({ wordings, language }, place) =>
    wordings[0] ?? words.question(wordsOf("language", language ?? ""), place + 1);
}

function Group({ group: { n, language, lastMs, wordings }, name }: { group: QuestionGroup; name: string }) {
  const { conversations: words } = useInsightTexts();
  const { formats, language: page } = usePage();
  const figures = useFigures();
  const { tenantId } = useTenant();
  const mayWrite = useMay("agent");
  const also = wordings.slice(1);
  return (
    <li className="question">
      <b className="number" title={words.asked(n)}>
        {figures.count(n)}
      </b>
      <div>
        <h3 lang={language ?? undefined}>{name}</h3>
        <p>
          {words.asked(n)} · {words.last(formats.date(lastMs))}
          {language && ` · ${language.toUpperCase()}`}
        </p>
        {also.length > 0 && (
          <p>
            {words.alsoAsked} <span lang={language ?? undefined}>{also.join(" · ")}</span>
          </p>
        )}
      </div>
      {mayWrite && wordings.length > 0 && (
        <Link
          href={`/${tenantId}/knowledge/new`}
          className="button small"
          aria-label={words.writeFor(name)}
          onClick={() => handQuestion({ question: name, language: language ?? page })}
        >
          {words.write}
        </Link>
      )}
    </li>
  );
}
