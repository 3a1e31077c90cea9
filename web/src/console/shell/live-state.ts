import { useSyncExternalStore } from "react";

/** State of the live stream, shown as a pill in the navigation; `idle` on pages without one. */
export type LiveState = "idle" | "live" | "reconnecting";

interface Shown {
  live: LiveState;
  /** Number at the inbox in the navigation: customers who wait. */
  waiting: number;
}

let shown: Shown = { live: "idle", waiting: 0 };
const listeners = new Set<() => void>();

/** Tells the navigation what the live stream knows. */
export function showLive(change: Partial<Shown>): void {
  shown = { ...shown, ...change };
  for (const listener of listeners) listener();
}

/** What the live stream told last. */
export function useLiveState(): Shown {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
