import { useState } from "react";

/** An act of a page that talks to the server: whether it runs, and what went wrong the last time. */
export interface Act<Args extends unknown[]> {
  busy: boolean;
  error: unknown;
  /** Runs it, unless it runs already. Resolves when it is over, also after a failure. */
  run(...args: Args): Promise<void>;
  forget(): void;
}

/** Wraps an act so that the page can show its progress and its failure. */
export function useAct<Args extends unknown[]>(act: (...args: Args) => Promise<unknown>): Act<Args> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (...args: Args): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await act(...args);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, forget: () => setError(null) };
}
