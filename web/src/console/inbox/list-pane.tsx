import { useState } from "react";
import { focusRow } from "./lists/focus-row.ts";
import { ListsNav } from "./lists/lists-nav.tsx";
import { Rows } from "./lists/rows.tsx";
import { TagFilter } from "./lists/tag-filter.tsx";
import { Bell } from "./notify/bell.tsx";
import { Results } from "./search/results.tsx";
import { SearchField } from "./search/search-field.tsx";
import { useSearch } from "./search/use-search.ts";
import { useInbox } from "./state/use-inbox.tsx";
import { useNow } from "./state/use-now.ts";

/** Search, lists and rows: the left pane. */
export function ListPane() {
  const { filter } = useInbox();
  const [words, setWords] = useState("");
  const now = useNow(5_000);
  const result = useSearch(words);
  const searching = result.state !== "idle";
  const first = () => {
    const row = document.querySelector<HTMLElement>(".list-pane [data-row]");
    if (row?.dataset.row) focusRow(row.dataset.row);
  };
  return (
    <div className="list-pane">
      <div className="list-tools">
        <SearchField words={words} onWords={setWords} onDown={first} />
        <TagFilter />
        <Bell />
      </div>
      <ListsNav now={now} />
      {searching ? <Results result={result} /> : <Rows key={`${filter.list} ${filter.tag}`} now={now} />}
    </div>
  );
}
