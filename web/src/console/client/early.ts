/** Answers that the first view needs, asked for while its script is still on its way. */

/** Address of the console's API. */
export const BASE = "/api/console";
/** Header that forms and images of other sites cannot send. */
export const OWN = { "x-chasqui-console": "1" };

/** An answer that nobody took for so long may be old. */
const FRESH_MS = 10_000;

const answers = new Map<string, { answer: Promise<Response>; askedMs: number }>();

/** Asks for these paths now; `takeEarly` has the answers. */
export function askEarly(paths: readonly string[]): void {
  for (const path of paths) {
    const answer = fetch(BASE + path, { headers: OWN, credentials: "same-origin" });
    // Whoever takes it hears of a failure.
    answer.catch(() => {});
    answers.set(path, { answer, askedMs: performance.now() });
  }
}

/** Forgets what nobody has taken: somebody has signed in, or something was changed. */
export const forgetEarly = (): void => answers.clear();

/** The early answer to a path: once, and only while it is fresh. */
export function takeEarly(path: string): Promise<Response> | null {
  const early = answers.get(path);
  answers.delete(path);
  return early && performance.now() - early.askedMs < FRESH_MS ? early.answer : null;
}
