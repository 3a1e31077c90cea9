import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Item } from "./items.ts";

/** So near to the end counts as at the end. */
const END_PX = 60;

/** The end of a reversed column is 0, and above it is negative. */
const isAtEnd = (log: HTMLElement): boolean => log.scrollTop > -END_PX;

/** True while the end of the log is in sight. */
export function useAtEnd(log: RefObject<HTMLElement | null>): boolean {
  const [atEnd, setAtEnd] = useState(true);
  useEffect(() => {
    const list = log.current;
    if (!list) return;
    const look = () => setAtEnd(isAtEnd(list));
    list.addEventListener("scroll", look, { passive: true });
    return () => list.removeEventListener("scroll", look);
  }, [log]);
  return atEnd;
}

/**
 * Keeps what is being read where it is while messages come below. Browsers with scroll anchoring do it by themselves;
 * this is for the others. A reversed column keeps its place when something comes above.
 */
export function useSteadyReading(log: RefObject<HTMLElement | null>, lastKey: string | undefined): void {
  const before = useRef({ key: lastKey, height: 0 });
  useLayoutEffect(() => {
    const list = log.current;
    if (!list) return;
    const { key, height } = before.current;
    before.current = { key: lastKey, height: list.scrollHeight };
    if (CSS.supports("overflow-anchor", "auto") || key === lastKey || isAtEnd(list)) return;
    list.scrollTop -= list.scrollHeight - height;
  }, [log, lastKey]);
}

/** Lines drawn at first, more than most windows show: whatever is above comes once they are painted. */
const FIRST_DRAWN = 20;
/** Lines drawn at once: a thread of thousands is scrolled as quickly as one of fifty. */
const DRAWN = 60;

/** The newest lines, and older ones as the top comes near; lines that come later are always among them. */
export function useDrawn(items: readonly Item[]): { drawn: readonly Item[]; drawMore: (() => void) | null } {
  const [firstKey, setFirstKey] = useState(() => items.at(-FIRST_DRAWN)?.key ?? null);
  // A line that has gone, or a shorter thread than that: everything.
  const first = Math.max(
    0,
    items.findIndex(({ key }) => key === firstKey),
  );
  const drawMore = () => setFirstKey(items[Math.max(0, first - DRAWN)]?.key ?? null);
  return { drawn: first === 0 ? items : items.slice(first), drawMore: first === 0 ? null : drawMore };
}

/** Calls `onSeen` while the returned element is near the top of the log; once for each `revision` of what is drawn. */
export function useNearTop(
  log: RefObject<HTMLElement | null>,
  onSeen: (() => void) | null,
  revision: string,
): RefObject<HTMLLIElement | null> {
  const top = useRef<HTMLLIElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  const active = onSeen !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an observer tells of changes only; a new one looks again.
  useEffect(() => {
    if (!active || !top.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current?.(),
      { root: log.current, rootMargin: "600px 0px 0px" },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [log, active, revision]);
  return top;
}
