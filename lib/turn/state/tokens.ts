/**
 * Upper bound on the tokens of `text` for GPT-4 and later models, two to four times those of ordinary words. Any two
 * plain letters in a row are a token, except rare ones; of everything else a token is at least a byte.
 */
export function tokensAtMost(text: string): number {
  let tokens = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && FREQUENT[code]) {
      run += 1;
      continue;
    }
    tokens += ofRun(run) + (code === SPACE ? 0 : bytesOf(code));
    // A space belongs to the next word.
    run = code === SPACE ? 1 : 0;
  }
  return tokens + ofRun(run);
}

/** The longest beginning of at most `max` tokens. */
export function firstTokens(text: string, max: number): string {
  return text
    .slice(
      0,
      fitting(max, text, (length) => text.slice(0, length)),
    )
    .toWellFormed();
}

/** The longest end of at most `max` tokens. */
export function lastTokens(text: string, max: number): string {
  const length = fitting(max, text, (most) => text.slice(text.length - most));
  return text.slice(text.length - length).toWellFormed();
}

const SPACE = 32;
const FREQUENT = Array.from({ length: 128 }, (_, code) => /[a-il-pr-u]/.test(String.fromCharCode(code)));

/** At worst every second token of a run is a single letter. */
const ofRun = (letters: number): number => Math.floor((2 * letters + 1) / 3);

/** Bytes in UTF-8 of a UTF-16 unit. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
}

/** The greatest length whose part is at most `max` tokens. */
function fitting(max: number, { length }: string, part: (length: number) => string): number {
  // A token is at least half a unit of the estimate.
  let [fits, most] = [0, Math.min(length, 2 * max)];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (tokensAtMost(part(middle)) <= max) fits = middle;
    else most = middle - 1;
  }
  return fits;
}
