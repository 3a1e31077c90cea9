/** Steps that take longer than this are named. */
const QUIET_MS = 1_000;

/** Prints the names of slow steps. */
export function createProgress(print: (line: string) => void): { step(name: string): void; done(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    step(name) {
      clearTimeout(timer);
      timer = setTimeout(() => print(`… ${name}`), QUIET_MS);
    },
    done: () => clearTimeout(timer),
  };
}
