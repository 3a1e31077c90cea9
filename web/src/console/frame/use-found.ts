import { useEffect, useState } from "react";
import type { Found, Search, SearchPage } from "../../../../contracts/console/inbox.ts";
import { api } from "../client/api.ts";
import { tenantPath } from "../client/use-api.ts";

/** Pause after the last key, so that a word is searched once. */
const PAUSE_MS = 180;
const SHOWN = 8;

/** Conversations that hold the words. They are sent in a body: addresses are logged on the way. */
export function useFound(tenantId: string, words: string): { found: Found[]; searching: boolean } {
  const [result, setResult] = useState<{ words: string; found: Found[] }>({ words: "", found: [] });
  const wanted = words.trim();
  useEffect(() => {
    if (wanted.length < 2) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      api<SearchPage>(tenantPath(tenantId, "/search"), {
        body: { words: wanted } satisfies Search,
        signal: leaving.signal,
      }).then(
        ({ rows }) => setResult({ words: wanted, found: rows.slice(0, SHOWN) }),
        // The palette's acts work without the search; the pill says what is wrong.
        () => leaving.signal.aborted || setResult({ words: wanted, found: [] }),
      );
    }, PAUSE_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [tenantId, wanted]);
  if (wanted.length < 2) return { found: [], searching: false };
  return { found: result.found, searching: result.words !== wanted };
}
