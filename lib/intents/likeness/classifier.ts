import { type Buckets, type Features, featuresOf } from "./features.ts";

/** A linear classifier over hashed features. */
export interface Classifier extends Buckets {
  readonly labels: readonly string[];
  /** What a bucket counts: rare ones more. */
  readonly rarity: Float32Array;
  /** One for each bucket and label, a bucket's beside each other. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  /** Over 1 makes probabilities less sure: calibrated on phrases that were held out. */
  readonly temperature: number;
}

/** Buckets and values of a text, of length 1 together. */
export interface Vector {
  buckets: Int32Array;
  values: Float32Array;
}

/** Features weighed by their rarity. */
export function vectorOf(features: Features, rarity: Float32Array): Vector {
  const buckets = new Int32Array(features.size);
  const values = new Float32Array(features.size);
  let at = 0;
  let squares = 0;
  for (const [bucket, weight] of features) {
    const value = weight * (rarity[bucket] ?? 0);
    buckets[at] = bucket;
    values[at] = value;
    squares += value * value;
    at++;
  }
  const length = Math.sqrt(squares) || 1;
  for (at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) / length;
  return { buckets, values };
}

/** What speaks for each label, before it is made a probability. */
export function scoresOf(
  { buckets, values }: Vector,
  { weights, biases }: Pick<Classifier, "weights" | "biases">,
): Float64Array {
  const scores = Float64Array.from(biases);
  for (let at = 0; at < buckets.length; at++) {
    const start = (buckets[at] ?? 0) * scores.length;
    const value = values[at] ?? 0;
    for (let label = 0; label < scores.length; label++)
      scores[label] = (scores[label] ?? 0) + (weights[start + label] ?? 0) * value;
  }
  return scores;
}

/** Scores as probabilities, in place. */
export function softmax(scores: Float64Array, temperature: number): Float64Array {
  const most = Math.max(...scores);
  let sum = 0;
  for (let label = 0; label < scores.length; label++) {
    const value = exp(((scores[label] ?? 0) - most) / temperature);
    scores[label] = value;
    sum += value;
  }
  for (let label = 0; label < scores.length; label++) scores[label] = (scores[label] ?? 0) / sum;
  return scores;
}

/** The likeliest label and its probability. */
export interface Likeliest {
  label: string;
  probability: number;
}

/** The likeliest label of these words. */
export function likeliest(words: readonly string[], classifier: Classifier): Likeliest {
  const vector = vectorOf(featuresOf(words, classifier), classifier.rarity);
  const probabilities = softmax(scoresOf(vector, classifier), classifier.temperature);
  let best = 0;
  for (let label = 1; label < probabilities.length; label++)
    if ((probabilities[label] ?? 0) > (probabilities[best] ?? 0)) best = label;
  return { label: classifier.labels[best] ?? "", probability: probabilities[best] ?? 0 };
}

/**
 * e to the power of `x`, for `x` of 0 and less. `Math.exp` may round otherwise on another machine, and weights must be the same bytes
 * wherever they are trained.
 */
function exp(x: number): number {
  if (x < -40) return 0;
  const halvings = Math.round(-x / Math.LN2);
  const rest = x + halvings * Math.LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 12; n++) {
    term = (term * rest) / n;
    sum += term;
  }
  for (let n = 0; n < halvings; n++) sum /= 2;
  return sum;
}
