/** One stack frame with Sentry's field names. */
export interface Frame {
  function: string;
  filename: string;
  lineno: number;
  colno: number;
}

const MAX_FRAMES = 30;
/** Only characters of names and paths are accepted. */
const FRAME =
  /^ +at (?:(?<name>[\w.<>$# ]{1,100}) \()?(?<file>[\w.:/@~+-]{1,300}):(?<line>\d+):(?<column>\d+)\)?$/;

/** Stack frames of an error, outermost call first, without its message; empty when they cannot be parsed. */
export function framesOf(error: unknown): Frame[] {
  if (!(error instanceof Error) || !error.stack?.includes(error.message)) return [];
  const { stack, message } = error;
  // The message may have several lines of external text, so only what follows it is read.
  const lines = stack.slice(stack.indexOf(message) + message.length).split("\n");
  const frames = lines.flatMap((line) => {
    const { name = "?", file = "", line: row, column } = FRAME.exec(line)?.groups ?? {};
    return row === undefined
      ? []
      : [{ function: name, filename: file, lineno: Number(row), colno: Number(column) }];
  });
  return frames.slice(0, MAX_FRAMES).reverse();
}
