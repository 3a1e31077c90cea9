import { createHash } from "node:crypto";
import { type Likeness, OTHER } from "../../lib/intents/likeness/likeness.ts";
import { asCharacters, stepOf, type Weights } from "../../lib/intents/likeness/weights-text.ts";
import { atLeast, folds, guesses, learn, type Unseen } from "./calibrate.ts";
import { labelOf } from "./labels.ts";
import { LANGUAGES, type Phrase } from "./phrases.ts";

/** Share of the held-out phrases decided rightly at the threshold. They are harder than messages, which repeat what phrases say. */
const PRECISION = 0.95;
const TEMPERATURES = Array.from({ length: 11 }, (_, at) => 1 + at / 5);
/** The company's own messages are no harder than those to come. */
const OWN_PRECISION = 0.98;
/** Fewer own messages do not tell how sure is sure. */
const ENOUGH_OWN = 50;
const THRESHOLDS = Array.from({ length: 50 }, (_, at) => 0.5 + at / 100);
/** An intent with fewer phrases in a language guesses beside the model and does not decide. */
const ENOUGH_PHRASES = 20;
/** Weights beyond this are rare and are cut: a finer step serves all others. */
const MOST_WEIGHT = 4;

/** Figures of a training, from phrases that were held out. */
export interface Trained {
  weights: Weights;
  phrases: number;
  decided: number;
  right: number;
  /** Phrases of intents that may be decided. */
  of: number;
}

/** Learns from these phrases. The same phrases give the same weights on every machine. */
export function trainWeights(phrases: readonly Phrase[]): Trained {
  const made = folds(phrases);
  const at = (temperature: number): Unseen[] =>
    made.flatMap(({ likeness, held }) =>
      guesses({ ...likeness, classifier: { ...likeness.classifier, temperature } }, held),
    );
  const temperature = least(TEMPERATURES, (each) => surprise(at(each)));
  const held = at(temperature);
  const weights = weightsAt(phrases, { temperature, threshold: thresholdOf(held) });
  return {
    ...{ weights, phrases: phrases.length, ...atLeast(held, weights.threshold) },
    of: phrases.filter(({ topic }) => labelOf(topic) !== OTHER).length,
  };
}

/** Least confidence at which enough of those decided are right: of the company's own messages, else of all phrases. */
function thresholdOf(held: readonly Unseen[]): number {
  const own = held.filter(({ phrase }) => phrase.own);
  const [judged, precision] = own.length < ENOUGH_OWN ? [held, PRECISION] : [own, OWN_PRECISION];
  const threshold = THRESHOLDS.find((each) => {
    const { decided, right } = atLeast(judged, each);
    return right >= Math.round(decided * precision);
  });
  return Math.round((threshold ?? 1) * 100) / 100;
}

/** What these phrases teach, when it is known how sure is sure. */
export const weightsAt = (
  phrases: readonly Phrase[],
  { temperature, threshold }: Pick<Weights, "temperature" | "threshold">,
): Weights => asText(learn(phrases), { temperature, threshold, young: youngLabels(phrases) });

function asText(
  { classifier, words, negated }: Likeness,
  chosen: Pick<Weights, "temperature" | "threshold" | "young">,
): Weights {
  const { labels, bits, common, rarity, weights, biases } = classifier;
  const steps = { weights: stepOf(MOST_WEIGHT), rarity: stepOf(Math.max(...rarity)) };
  const text: Omit<Weights, "version"> = {
    ...{ labels, bits, steps, ...chosen },
    biases: Array.from(biases, (bias) => Math.round(bias * 1e6) / 1e6),
    negated: Object.fromEntries([...negated].map(([label, set]) => [label, [...set].sort().join(" ")])),
    words: [...words].sort().join(" "),
    common: [...common].sort().join(" "),
    rarity: asCharacters(rarity, steps.rarity),
    weights: asCharacters(weights, steps.weights),
  };
  const version = createHash("sha256").update(JSON.stringify(text)).digest("hex").slice(0, 12);
  return { version, ...text };
}

/** Labels that have too few phrases in one of the languages. */
const youngLabels = (phrases: readonly Phrase[]): string[] =>
  [...new Set(phrases.map(({ topic }) => labelOf(topic)))]
    .filter((label) =>
      LANGUAGES.some(
        (language) =>
          phrases.filter((each) => each.language === language && labelOf(each.topic) === label).length <
          ENOUGH_PHRASES,
      ),
    )
    .sort();

/** How little these confidences said about what was right: the mean of the negative logarithms. */
function surprise(held: readonly Unseen[]): number {
  const sum = held.reduce(
    (total, { right, confidence }) => total - Math.log(Math.max(1e-9, right ? confidence : 1 - confidence)),
    0,
  );
  return sum / held.length;
}

function least(candidates: readonly number[], of: (candidate: number) => number): number {
  const [first, ...rest] = candidates.map((candidate) => ({ candidate, value: of(candidate) }));
  if (!first) throw new Error("no candidates");
  return rest.reduce((best, each) => (each.value < best.value - 1e-9 ? each : best), first).candidate;
}

/** The file of these weights. */
export const weightsFile = (weights: Weights): string =>
  `// Written by \`npm run intents\` from the phrases beside it: change those.\nimport type { Weights } from "./weights-text.ts";\n\n/** What the phrases taught. */\nexport const WEIGHTS: Weights = ${JSON.stringify(weights, null, 2)};\n`;
