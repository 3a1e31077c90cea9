/** What the connection needs of the browser; tests give their own. */
export interface Surroundings {
  fetch: typeof fetch;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 up to 1. */
  random(): number;
  isHidden(): boolean;
  isOnline(): boolean;
  /** Calls back when the tab is shown or hidden, and when the network comes or goes, until the returned function is called. */
  onChange(listener: (what: "visibility" | "network") => void): () => void;
}

/** The browser itself. */
export const browser: Surroundings = {
  fetch: (input, init) => fetch(input, init),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener("abort", wake);
    }),
  random: Math.random,
  isHidden: () => document.visibilityState === "hidden",
  isOnline: () => navigator.onLine,
  onChange(listener) {
    const gone = new AbortController();
    const { signal } = gone;
    document.addEventListener("visibilitychange", () => listener("visibility"), { signal });
    for (const name of ["online", "offline"]) addEventListener(name, () => listener("network"), { signal });
    return () => gone.abort();
  },
};
