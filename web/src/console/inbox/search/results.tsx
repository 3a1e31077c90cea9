import { Link } from "wouter";
import type { Found } from "../../../../../contracts/console/inbox.ts";
import { plainText } from "../../../chat/text/formatting.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { focusRow, rowKeys } from "../lists/focus-row.ts";
import { initialOf, nameOf, usePreview } from "../lists/row-words.ts";
import { neighbour } from "../state/rows.ts";
import { useInbox } from "../state/use-inbox.tsx";
import { excerpt, markWords } from "./marks.ts";
import type { useSearch } from "./use-search.ts";

/** Conversations that were found, with the words marked. */
export function Results({ result }: { result: ReturnType<typeof useSearch> }) {
  const { inbox: words, shell } = useTexts();
  const { hrefOf, openId } = useInbox();
  const { state, rows, next } = result;
  const step = (by: 1 | -1) => {
    const now = document.activeElement?.getAttribute("data-row") ?? null;
    const to = neighbour(rows, now, by);
    if (to) focusRow(to.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links in it.
    <div className="rows" onKeyDown={rowKeys(step)} aria-busy={state === "searching"}>
      <p className="results-state" role="status">
        {state === "searching" && shell.searching}
        {state === "ready" && rows.length > 0 && words.search.results(rows.length)}
        {state === "ready" && rows.length === 0 && words.search.none}
        {state === "failed" && words.search.failed}
      </p>
      {state === "ready" && rows.length === 0 && <p className="empty">{words.search.noneHint}</p>}
      {state === "failed" && (
        <button type="button" className="button" onClick={result.again}>
          {shell.retry}
        </button>
      )}
      <ul className="rows-list" aria-label={words.search.label}>
        {rows.map((row) => (
          <li key={row.id} className="row">
            <Link
              href={hrefOf(row.id)}
              className="row-link"
              data-row={row.id}
              aria-current={row.id === openId ? "true" : undefined}
            >
              <FoundRow row={row} words={result.words} />
            </Link>
          </li>
        ))}
      </ul>
      {next !== null && state === "ready" && (
        <button type="button" className="button results-more" onClick={result.more}>
          {words.search.more}
        </button>
      )}
    </div>
  );
}

function FoundRow({ row, words }: { row: Found; words: string }) {
  const { inbox } = useTexts();
  const { formats } = usePage();
  const name = nameOf(row, inbox.unnamed);
  const preview = usePreview(row);
  const text = row.found ? excerpt(plainText(row.found.text), words) : preview.text;
  return (
    <>
      <span className="face" aria-hidden="true">
        {initialOf(name)}
      </span>
      <span className="row-top">
        <bdi className="row-name">
          <Marked text={name} words={words} />
        </bdi>
        <time className="row-time number">{formats.date(row.found?.at ?? row.lastAt)}</time>
      </span>
      <span className="row-middle">
        <span className="row-preview">
          <bdi>
            <Marked text={text} words={words} />
          </bdi>
        </span>
      </span>
      <span className="row-foot">
        {row.phone && row.phone !== name && <span className="number">{row.phone}</span>}
        <span className="row-owner" data-owner={row.assignee ? "human" : row.owner}>
          {row.assignee?.name ?? inbox.row.owners[row.owner]}
        </span>
      </span>
    </>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  return markWords(text, words).map((piece, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
    piece.found ? <mark key={place}>{piece.text}</mark> : piece.text,
  );
}
