import { keepEnds, longestFitting } from "../../language/ends.ts";

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
export const firstTokens = (text: string, max: number): string =>
  text.slice(0, longestFitting(text, max, tokensAtMost)).toWellFormed();

/** The text within `max` tokens, its beginning and end if it is longer. */
export const withinTokens = (text: string, max: number): string => keepEnds(text, max, tokensAtMost);

/** The largest size that each may have so that all together fit. */
export function fairShare(sizes: readonly number[], room: number): number {
  let left = room;
  const ascending = sizes.toSorted((one, other) => one - other);
  for (const [at, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (size > share) return share;
    left -= size;
  }
  return room;
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
