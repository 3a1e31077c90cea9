import "./lists.css";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { ListName } from "../../../../../contracts/console/inbox.ts";
import { usePage } from "../../../shared/page.tsx";
import { useCommands } from "../../shell/commands.ts";
import { SHORTCUTS, type ShortcutName } from "../../shell/shortcuts.ts";
import { useTexts } from "../../shell/texts.ts";
import { useShortcut } from "../../shell/use-shortcut.ts";
import { LISTS } from "../state/paths.ts";
import { waitTone } from "../state/time.ts";
import { useInbox, useInboxState } from "../state/use-inbox.tsx";

/** Shortcuts that lead to the lists. */
const LIST_SHORTCUTS: Record<ListName, ShortcutName> = {
  waiting: "goWaiting",
  mine: "goMine",
  bot: "goBot",
  snoozed: "goSnoozed",
  flagged: "goFlagged",
  closed: "goClosed",
  all: "goAll",
};

/** The lists with their counts. */
export function ListsNav({ now }: { now: number }) {
  const { inbox: words } = useTexts();
  const { listHref, go } = useInbox();
  useCommands(
    LISTS.map((list) => ({
      id: LIST_SHORTCUTS[list],
      label: `${words.listsLabel}: ${words.lists[list]}`,
      shortcut: LIST_SHORTCUTS[list],
      run: () => go(listHref(list)),
    })),
  );
  return (
    <nav className="lists" aria-label={words.listsLabel}>
      <ul>
        {LISTS.map((list) => (
          <ListLink key={list} list={list} now={now} />
        ))}
      </ul>
    </nav>
  );
}

function ListLink({ list, now }: { list: ListName; now: number }) {
  const { inbox: words } = useTexts();
  const { formats } = usePage();
  const { filter, listHref, waitTargetMin, go } = useInbox();
  const { counts } = useInboxState();
  const shortcut = LIST_SHORTCUTS[list];
  const href = listHref(list);
  const isHere = filter.list === list;
  const box = useRef<HTMLLIElement>(null);
  useShortcut(shortcut, () => go(href));
  const isCounted = counts !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts make the lists before it wider.
  useEffect(() => {
    if (isHere) box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isHere, isCounted]);
  const count = list === "bot" || list === "closed" || list === "all" ? 0 : (counts?.[list] ?? 0);
  const longest = list === "waiting" ? (counts?.longestSince ?? null) : null;
  const tone = longest === null ? "calm" : waitTone(now - longest, waitTargetMin);
  return (
    <li ref={box}>
      <Link
        href={href}
        className="lists-link"
        aria-current={isHere ? "page" : undefined}
        aria-keyshortcuts={SHORTCUTS[shortcut].keys.toUpperCase()}
      >
        {words.lists[list]}
        {count > 0 && (
          <span className="lists-count number" data-tone={tone}>
            {formats.integer(count)}
            {tone !== "calm" && <span className="unseen"> ({words.row.tones[tone]})</span>}
          </span>
        )}
      </Link>
    </li>
  );
}
