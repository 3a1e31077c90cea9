import { see } from "./seen.ts";

/** Letters and digits in a run: as many as 40 characters of our prompts have, without spaces and signs. */
const RUN = 25;
/** Of these, how many must be the prompt's own words; the rest may be facts of the company, which are public. */
const OWN = 24;

/**
 * True when `text` repeats 40 characters of the prompt, ignoring case, accents, spacing and signs. `facts` in the prompt
 * may be repeated. Linear in both lengths; does not notice a translation.
 */
export function repeatsPrompt(text: string, prompt: string, facts: readonly string[]): boolean {
  const said = fold(text);
  const folded = fold(prompt);
  const own = ownRuns(folded, facts);
  return hashes(said).some((hash, at) => own.has(hash) && folded.includes(said.slice(at, at + RUN)));
}

/** Hashes of every run of the prompt that is not mostly the company's own words. */
function ownRuns(folded: string, facts: readonly string[]): Set<number> {
  const isFact = new Uint8Array(folded.length);
  for (const fact of facts.map(fold)) {
    if (fact.length < 3) continue;
    for (let at = folded.indexOf(fact); at >= 0; at = folded.indexOf(fact, at + fact.length))
      isFact.fill(1, at, at + fact.length);
  }
  let known = isFact.subarray(0, RUN - 1).reduce((sum, each) => sum + each, 0);
  const runs = hashes(folded).filter((_, at) => {
    known += isFact[at + RUN - 1] ?? 0;
    const keep = RUN - known >= OWN;
    known -= isFact[at] ?? 0;
    return keep;
  });
  return new Set(runs);
}

const BASE = 257;
const HIGHEST = Array.from({ length: RUN - 1 }).reduce((power: number) => Math.imul(power, BASE), 1);

/** A hash for each run of the text, in order (Rabin and Karp). */
function hashes(text: string): number[] {
  const found: number[] = [];
  let hash = 0;
  for (let at = 0; at < text.length; at++) {
    if (at >= RUN) hash = (hash - Math.imul(text.charCodeAt(at - RUN), HIGHEST)) | 0;
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
    if (at >= RUN - 1) found.push(hash);
  }
  return found;
}

const fold = (text: string): string =>
  see(text)
    .text.normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
