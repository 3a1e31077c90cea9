import { useEffect, useRef, useState } from "react";
import type { Found } from "../../../../../contracts/console/inbox.ts";
import { useInbox } from "../state/use-inbox.tsx";

/** Pause after the last key, so that a word is searched once. */
const PAUSE_MS = 180;
const SHORTEST = 2;

/** Result of a search; `words` are those that it belongs to. */
export interface Result {
  state: "idle" | "searching" | "ready" | "failed";
  words: string;
  rows: readonly Found[];
  next: string | null;
}

const IDLE: Result = { state: "idle", words: "", rows: [], next: null };

/** Finds conversations by words; the search before is given up. `more` adds the next page. */
export function useSearch(typed: string): Result & { more(): void; again(): void } {
  const { inbox } = useInbox();
  const words = typed.trim();
  const [result, setResult] = useState(IDLE);
  const [tries, setTries] = useState(0);
  const leaving = useRef(new AbortController());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try searches again.
  useEffect(() => {
    if (words.length < SHORTEST) return setResult(IDLE);
    const own = new AbortController();
    leaving.current = own;
    setResult((last) => ({ ...last, state: "searching" }));
    const timer = setTimeout(() => {
      inbox.search(words, null, own.signal).then(
        ({ rows, next }) => setResult({ state: "ready", words, rows, next }),
        () => own.signal.aborted || setResult({ ...IDLE, state: "failed", words }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [inbox, words, tries]);
  const more = () => {
    const { signal } = leaving.current;
    if (result.next === null) return;
    inbox.search(words, result.next, signal).then(
      ({ rows, next }) => setResult((last) => ({ ...last, rows: [...last.rows, ...rows], next })),
      () => signal.aborted || setResult((last) => ({ ...last, state: "failed" })),
    );
  };
  return { ...result, more, again: () => setTries((last) => last + 1) };
}
