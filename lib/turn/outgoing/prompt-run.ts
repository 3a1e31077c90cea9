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
  if (said.length < RUN) return false;
  const folded = fold(prompt);
  const runs = new Map<number, string>();
  eachRun(said, (hash, at) => runs.set(hash, said.slice(at, at + RUN)));
  const repeated: number[] = [];
  eachRun(folded, (hash, at) => {
    if (runs.has(hash) && runs.get(hash) === folded.slice(at, at + RUN)) repeated.push(at);
  });
  return repeated.length > 0 && hasOwn(folded, repeated, facts);
}

/** True when one of the prompt's runs is mostly its own words, not the company's. */
function hasOwn(folded: string, runs: readonly number[], facts: readonly string[]): boolean {
  const isFact = new Uint8Array(folded.length);
  for (const fact of facts.map(fold)) {
    if (fact.length < 3) continue;
    for (let at = folded.indexOf(fact); at >= 0; at = folded.indexOf(fact, at + fact.length))
      isFact.fill(1, at, at + fact.length);
  }
  const known = (at: number): number => isFact.subarray(at, at + RUN).reduce((sum, each) => sum + each, 0);
  return runs.some((at) => RUN - known(at) >= OWN);
}

const BASE = 257;
const HIGHEST = Array.from({ length: RUN - 1 }).reduce((power: number) => Math.imul(power, BASE), 1);

/** Calls `found` with a hash for each run of the text and where it begins, in order (Rabin and Karp). */
function eachRun(text: string, found: (hash: number, at: number) => void): void {
  let hash = 0;
  for (let at = 0; at < text.length; at++) {
    if (at >= RUN) hash = (hash - Math.imul(text.charCodeAt(at - RUN), HIGHEST)) | 0;
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
    if (at >= RUN - 1) found(hash, at - RUN + 1);
  }
}

const fold = (text: string): string =>
  see(text)
    .text.normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
