/** Says what is being done when a step takes longer than this. */
const PATIENCE_MS = 1_000;

/** Prints the name of a step only when one has to wait for it. */
export function createProgress(print: (line: string) => void): { step(name: string): void; done(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    step(name) {
      clearTimeout(timer);
      timer = setTimeout(() => print(`… ${name}`), PATIENCE_MS);
    },
    done: () => clearTimeout(timer),
  };
}
