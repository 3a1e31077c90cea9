import type { Wire } from "./faults.ts";
import type { Loop, Process } from "./loop.ts";

/** A request that timed out or was refused. */
export class LostError extends Error {
  override readonly name = "LostError";
  readonly code = "lost";
}

/** Makes a request of a process over the wire; a process that is dead by then never learns of the answer. */
export function request<T>(loop: Loop, process: Process, wire: Wire, effect: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    if (process.dead) return;
    const { arrivesMs, answersMs, failsMs } = wire;
    if (arrivesMs !== null) {
      loop.after(arrivesMs, () => {
        const settle = attempt(effect, resolve, reject);
        if (answersMs !== null) loop.after(answersMs, settle, process);
      });
    }
    if (failsMs !== null) loop.after(failsMs, () => reject(new LostError("no answer")), process);
  });
}

/** Runs the effect now; returns the function that delivers its result later. */
function attempt<T>(
  effect: () => T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): () => void {
  try {
    const value = effect();
    return () => resolve(value);
  } catch (error) {
    return () => reject(error);
  }
}
