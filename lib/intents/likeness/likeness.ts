import { type Classifier, type Likeliest, likeliest } from "./classifier.ts";
import { clausesOf, isWord, NUMBER, wordsOf } from "./words.ts";

/** A trained classifier, and what its phrases hold. */
export interface Likeness {
  classifier: Classifier;
  /** All words of the phrases. */
  words: ReadonlySet<string>;
  /** What follows a negation in the phrases of a label; `$` is the end. */
  negated: ReadonlyMap<string, ReadonlySet<string>>;
  /** Labels that may be guessed and do not decide. */
  young: ReadonlySet<string>;
  /** From this confidence on a guess may decide. */
  threshold: number;
  /** Names these weights. */
  version: string;
}

/** Label of everything that is the model's: out of scope, unclear, several requests, what only sounds like an intent. */
export const OTHER = "other";

/** How an intent stands to another one in the same message. */
export interface Manners {
  /** Label gives way to a request beside it: greetings, thanks. */
  isCourtesy(label: string): boolean;
}

/** Likeliest label of a text, and how sure that is once all that speaks against it is weighed. */
export interface Guess {
  label: string;
  confidence: number;
}

const LONGEST_WORDS = 30;
const LONGEST = 300;
/** A clause that is likelier than this to be something is taken to be it. */
const LIKELY = 0.5;
const NEGATIONS: ReadonlySet<string> = new Set(
  "no not nao nunca never sin sem ningun nem ni tampoco".split(" "),
);

const WANTED_WORDS = 4;
const WANTS: ReadonlySet<string> = new Set(
  "quiero queremos queria quisiera deseo necesito want wanna need quero queremos gostaria preciso".split(" "),
);

/**
 * Guesses by likeness to the phrases. Several requests and a negation that no phrase of the label has lower the confidence; a text
 * without words of the phrases, or of many words, has none.
 */
export function guess(text: string, likeness: Likeness, manners: Manners): Guess {
  const words = wordsOf(text.slice(0, LONGEST));
  const spoken = words.filter(isWord);
  const whole = likeliest(words, likeness.classifier);
  const known = spoken.filter((word) => likeness.words.has(word));
  if (known.length === 0 || spoken.length > LONGEST_WORDS || text.length > LONGEST)
    return { label: whole.label, confidence: 0 };
  const { label, probability } = withClauses(whole, clausesIn(text, likeness, manners), manners);
  let confidence = probability;
  if (label !== OTHER && isNegated(words, likeness.negated.get(label))) confidence *= 0.5;
  return { label, confidence };
}

interface Clauses {
  guesses: readonly Likeliest[];
  /** Requests among them, with the probability of each. */
  requests: ReadonlyMap<string, number>;
}

function clausesIn(text: string, { classifier }: Likeness, { isCourtesy }: Manners): Clauses {
  const clauses = clausesOf(text).filter((words) => words.some((word) => isWord(word) || word === NUMBER));
  const guesses = clauses.length > 1 ? clauses.map((words) => likeliest(words, classifier)) : [];
  const requests = new Map<string, number>();
  for (const { label, probability } of guesses)
    if (label !== OTHER && !isCourtesy(label) && probability > LIKELY)
      requests.set(label, Math.max(requests.get(label) ?? 0, probability));
  return { guesses, requests };
}

/** The guess of the whole, after a look at its clauses: they may say something else, or the same more clearly. */
function withClauses(whole: Likeliest, { guesses, requests }: Clauses, { isCourtesy }: Manners): Likeliest {
  const [request, second] = requests;
  if (!request) return whole;
  const agree = guesses.every(
    ({ label, probability }) => requests.has(label) || (isCourtesy(label) && probability > LIKELY),
  );
  const mayReplace = request[0] === whole.label || whole.label === OTHER || isCourtesy(whole.label);
  if (!second && agree && mayReplace) {
    if (request[0] !== whole.label) return { label: request[0], probability: request[1] * 0.95 };
    return { label: whole.label, probability: Math.max(whole.probability, request[1]) };
  }
  if (whole.label === OTHER) return whole;
  const against = [...requests]
    .filter(([label]) => label !== whole.label)
    .map(([, probability]) => probability);
  const clash = Math.max(0, ...against);
  return { label: whole.label, probability: whole.probability * (1 - clash) };
}

/** True when a negation is followed by what follows none in the label's phrases. */
const isNegated = (words: readonly string[], known: ReadonlySet<string> | undefined): boolean =>
  negationsIn(words).some((next) => !known?.has(next));

/** What follows a negation in these texts. */
export const negatedIn = (texts: readonly (readonly string[])[]): Set<string> =>
  new Set(texts.flatMap(negationsIn));

/** The word behind each negation, `$` at the end; behind a word of wanting, what is not wanted too: "no quiero bot" is no "no quiero hablar". */
const negationsIn = (words: readonly string[]): string[] =>
  words.flatMap((word, at) => {
    if (!NEGATIONS.has(word)) return [];
    const [next = "$", ...wanted] = words.slice(at + 1, at + 2 + WANTED_WORDS);
    return [WANTS.has(next) ? [next, ...wanted].join("_") : next];
  });
