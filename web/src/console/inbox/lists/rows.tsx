import { useCallback, useEffect, useRef, useState } from "react";
import { useTexts } from "../../shell/texts.ts";
import { useShortcut } from "../../shell/use-shortcut.ts";
import { neighbour } from "../state/rows.ts";
import type { LoadedList } from "../state/store.ts";
import { useInbox, useRows } from "../state/use-inbox.tsx";
import { Empty } from "./empty.tsx";
import { focusRow, rowKeys } from "./focus-row.ts";
import { RowItem } from "./row.tsx";

/** A row that keeps the focus this long is read ahead. */
const AIM_MS = 150;

/** The rows of the shown list; more are loaded when the end comes near. */
export function Rows({ now }: { now: number }) {
  const { inbox: words } = useTexts();
  const { inbox, filter, openId, operatorId, waitTargetMin, hrefOf } = useInbox();
  const { rows, loaded } = useRows(now);
  const [focused, setFocused] = useState<string | null>(null);
  const aim = useAim(inbox.prefetch);
  const { list, tag } = filter;
  const load = () => void inbox.loadList({ list, tag });
  useEffect(() => {
    void inbox.loadList({ list, tag });
  }, [inbox, list, tag]);
  // Only who waits is drawn again with each tick.
  const minute = Math.floor(now / 60_000) * 60_000;
  const current = [focused, openId].find((id) => rows.some((row) => row.id === id)) ?? null;
  const step = (by: 1 | -1) => {
    const next = neighbour(rows, current, by);
    if (next) focusRow(next.id);
  };
  useShortcut("next", () => step(1));
  useShortcut("previous", () => step(-1));
  if (rows.length === 0 && loaded.state === "ready" && loaded.next === null) return <Empty />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links in it.
    <div className="rows" onKeyDown={rowKeys(step)} aria-busy={loaded.state === "loading"}>
      <ul className="rows-list" aria-label={words.rowsLabel(words.lists[list])}>
        {rows.map((row) => (
          <RowItem
            key={row.id}
            row={row}
            href={hrefOf(row.id)}
            isOpen={row.id === openId}
            isCurrent={row.id === (current ?? rows[0]?.id)}
            now={row.waitingSince === null ? minute : now}
            operatorId={operatorId}
            waitTargetMin={waitTargetMin}
            onAim={aim}
            onFocus={setFocused}
          />
        ))}
      </ul>
      <Rest loaded={loaded} isEmpty={rows.length === 0} onMore={load} />
    </div>
  );
}

/** What stands below the rows: more on their way, more to come, or what went wrong. */
function Rest(props: { loaded: LoadedList; isEmpty: boolean; onMore(): void }) {
  const { loaded, isEmpty, onMore } = props;
  const { inbox: words, shell } = useTexts();
  switch (loaded.state) {
    case "loading":
      return <Skeleton rows={isEmpty ? 6 : 1} />;
    case "ready":
      return loaded.next !== null && <More key={loaded.next} onSeen={onMore} />;
    case "failed":
      return (
        <div className="rows-failed" role="alert">
          <p>{isEmpty ? words.list.failed : words.list.failedMore}</p>
          <button type="button" className="button" onClick={onMore}>
            {shell.retry}
          </button>
        </div>
      );
  }
}

/** Reads a conversation ahead: at once when it is pressed, after a moment when it is focused. */
function useAim(prefetch: (id: string) => void): (id: string, pressed: boolean) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (id: string, pressed: boolean) => {
      clearTimeout(timer.current);
      if (pressed) prefetch(id);
      else timer.current = setTimeout(() => prefetch(id), AIM_MS);
    },
    [prefetch],
  );
}

/** Loads the next page when it comes into sight. */
function More({ onSeen }: { onSeen(): void }) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const root = element.closest(".rows");
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { root, rootMargin: "400px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={box} className="rows-more" />;
}

function Skeleton({ rows }: { rows: number }) {
  const { inbox } = useTexts();
  return (
    <div className="rows-skeleton" role="status">
      <span className="unseen">{inbox.list.loading}</span>
      {Array.from({ length: rows }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike.
        <i key={place} aria-hidden="true" />
      ))}
    </div>
  );
}
