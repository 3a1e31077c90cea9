import { useSyncExternalStore } from "react";

/** Whether the server answers: what the browser says about its network, and how the last request ended. */
let reached = navigator.onLine;
const listeners = new Set<() => void>();

/** Tells whether the last request reached the server. */
export function reportReached(now: boolean): void {
  if (now === reached) return;
  reached = now;
  for (const listener of listeners) listener();
}

window.addEventListener("offline", () => reportReached(false));
window.addEventListener("online", () => reportReached(true));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the server can be reached. */
export const useReached = (): boolean => useSyncExternalStore(subscribe, () => reached);
