import { useSyncExternalStore } from "react";

/** Whether the server answers: what the browser says about its network, and how the last request ended. */
let reached = navigator.onLine;
/** When the browser last said that its network is gone, on the page's own clock. */
let goneAtMs = Number.NEGATIVE_INFINITY;
const listeners = new Set<() => void>();

/** Tells whether a request that began at `askedAtMs` reached the server: an answer that was on its way when the network went proves nothing. */
export function reportReached(now: boolean, askedAtMs = performance.now()): void {
  if (now === reached || (now && askedAtMs < goneAtMs)) return;
  reached = now;
  for (const listener of listeners) listener();
}

window.addEventListener("offline", () => {
  goneAtMs = performance.now();
  reportReached(false);
});
window.addEventListener("online", () => reportReached(true));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the server can be reached. */
export const useReached = (): boolean => useSyncExternalStore(subscribe, () => reached);
