/** Others see "typing" for some seconds after each report. */
const AGAIN_MS = 4_000;

/** What the box tells: a key was pressed, or writing stopped. */
export interface Typing {
  key(hasText: boolean): void;
  stop(): void;
}

/** Decides which keys are reported. */
export function createTyping(say: (typing: boolean) => void, now = Date.now): Typing {
  let saidAt: number | null = null;
  const stop = () => {
    if (saidAt !== null) say(false);
    saidAt = null;
  };
  return {
    key(hasText) {
      if (!hasText) return stop();
      if (saidAt !== null && now() - saidAt < AGAIN_MS) return;
      saidAt = now();
      say(true);
    },
    stop,
  };
}
