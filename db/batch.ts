/** Longest wait for a running statement (a lock, a distant database); then the next one starts. */
const MAX_WAIT_MS = 30;

/** Calls per statement. */
const MAX_CALLS = 32;

/**
 * Batches calls that arrive while a statement is running into the next one: cheaper under load, and a lone call never
 * waits. `run` returns results in the order of its inputs. When `isOne` says that a single call caused an error, each call
 * is retried alone.
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
      if (answers.length !== calls.length) throw new Error("the database did not return one result per call");
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
    const timer = setTimeout(free, MAX_WAIT_MS);
    answer(waiting.splice(0, MAX_CALLS)).finally(() => {
      clearTimeout(timer);
      free();
    });
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      next();
    });
}
