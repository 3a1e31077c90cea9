/** How many statements of one kind may be under way, and how many calls one of them may carry. */
export interface BatchLimits {
  underWay: number;
  calls: number;
}

/**
 * Joins calls that come while others are under way into one statement: under load each costs less, and alone none waits.
 * `run` answers in the order of its inputs. What fails for several is asked again one by one, if `isOne` says that only one of
 * them is to blame.
 */
export function createBatch<Input, Answer>(
  run: (inputs: readonly Input[]) => Promise<Answer[]>,
  isOne: (error: unknown) => boolean,
  limits: BatchLimits,
): (input: Input) => Promise<Answer> {
  interface Call {
    input: Input;
    resolve: (answer: Answer) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Call[] = [];
  let underWay = 0;

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
    if (underWay === limits.underWay || waiting.length === 0) return;
    underWay += 1;
    answer(waiting.splice(0, limits.calls)).finally(() => {
      underWay -= 1;
      next();
    });
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      next();
    });
}
