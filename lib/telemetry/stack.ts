/** One call on the way to an error, as Sentry names its parts. */
export interface Frame {
  function: string;
  filename: string;
  lineno: number;
  colno: number;
}

const MAX_FRAMES = 30;
/** Names and paths of a program have no other characters. */
const FRAME =
  /^ +at (?:(?<name>[\w.<>$# ]{1,100}) \()?(?<file>[\w.:/@~+-]{1,300}):(?<line>\d+):(?<column>\d+)\)?$/;

/** Where an error was thrown, outermost call first, without a word of its message; empty when that cannot be told. */
export function framesOf(error: unknown): Frame[] {
  if (!(error instanceof Error) || !error.stack?.includes(error.message)) return [];
  const { stack, message } = error;
  // A message may have lines of its own, in anybody's words: only what follows it is read.
  const lines = stack.slice(stack.indexOf(message) + message.length).split("\n");
  const frames = lines.flatMap((line) => {
    const { name = "?", file = "", line: row, column } = FRAME.exec(line)?.groups ?? {};
    return row === undefined
      ? []
      : [{ function: name, filename: file, lineno: Number(row), colno: Number(column) }];
  });
  return frames.slice(0, MAX_FRAMES).reverse();
}
