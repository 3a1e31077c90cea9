/** A statement that takes longer (somebody's lock, a far database) no longer holds up the next. */
const PATIENCE_MS = 30;

/** A statement carries so many calls at most. */
const MAX_CALLS = 32;

/**
 * Joins calls that come while a statement is under way into the next one: under load each costs less, and alone none waits.
 * `run` answers in the order of its inputs. When `isOne` says of an error that only one of several calls is to blame, each is
 * asked again alone.
 */
export function createBatch<Input, Answer>(
  run: (inputs: readonly Input[]) => Promise<Answer[]>,
  isOne: (error: unknown) => boolean,
): (input: Input) => Promise<Answer> {
  interface Call {
    input: Input;
    resolve: (answer: Answer) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Call[] = [];
  let busy = false;

  async function answer(calls: readonly Call[]): Promise<void> {
    try {
      const answers = await run(calls.map(({ input }) => input));
      if (answers.length !== calls.length) throw new Error("the database gave not one answer to each call");
      for (const [index, { resolve }] of calls.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (calls.length > 1 && isOne(error)) for (const call of calls) await answer([call]);
      else for (const { reject } of calls) reject(error);
    }
  }

  function next(): void {
    if (busy || waiting.length === 0) return;
    busy = true;
    let over = false;
    const free = () => {
      if (over) return;
      over = true;
      busy = false;
      next();
    };
    const patience = setTimeout(free, PATIENCE_MS);
    answer(waiting.splice(0, MAX_CALLS)).finally(() => {
      clearTimeout(patience);
      free();
    });
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      next();
    });
}
