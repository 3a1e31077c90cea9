import { type Classifier, scoresOf, softmax, type Vector, vectorOf } from "./classifier.ts";
import { type Buckets, type Features, featuresOf } from "./features.ts";
import { random } from "./random.ts";

/** One text to learn from. */
export interface Row {
  words: readonly string[];
  label: string;
  /** How much it counts beside others. */
  weight: number;
}

/** How to learn. */
export interface Training extends Buckets {
  epochs: number;
  seed: number;
}

const RATE = 0.5;
/** Errors smaller than this teach nothing worth the time. */
const NEGLIGIBLE = 1e-4;

/**
 * Multinomial logistic regression by stochastic gradients with AdaGrad's step sizes. Only additions, products, quotients and square
 * roots are used, which every machine rounds alike, so the same rows give the same weights to the bit.
 */
export function train(rows: readonly Row[], { bits, common, epochs, seed }: Training): Classifier {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const features = rows.map(({ words }) => featuresOf(words, { bits, common }));
  const rarity = rarityOf(features, bits);
  const examples = rows.map(({ label, weight }, at) => ({
    ...{ vector: vectorOf(features[at] ?? new Map(), rarity), label: labels.indexOf(label), weight },
  }));
  const size = (1 << bits) * labels.length;
  const state: State = {
    weights: new Float32Array(size),
    squares: new Float32Array(size),
    biases: new Float32Array(labels.length),
  };
  const next = random(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(examples, next);
    for (const example of examples) learn(example, state);
  }
  const { weights, biases } = state;
  return { labels, bits, common, rarity, weights, biases, temperature: 1 };
}

interface Example {
  vector: Vector;
  label: number;
  weight: number;
}

interface State {
  weights: Float32Array;
  /** Sums of squared gradients. */
  squares: Float32Array;
  biases: Float32Array;
}

function learn({ vector, label, weight }: Example, state: State): void {
  const { weights, squares, biases } = state;
  const errors = softmax(scoresOf(vector, state), 1);
  errors[label] = (errors[label] ?? 0) - 1;
  const { buckets, values } = vector;
  for (let each = 0; each < errors.length; each++) {
    const error = (errors[each] ?? 0) * weight;
    if (Math.abs(error) < NEGLIGIBLE * weight) continue;
    biases[each] = (biases[each] ?? 0) - 0.1 * RATE * error;
    for (let at = 0; at < buckets.length; at++) {
      const place = (buckets[at] ?? 0) * errors.length + each;
      const gradient = error * (values[at] ?? 0);
      const sum = (squares[place] ?? 0) + gradient * gradient;
      squares[place] = sum;
      weights[place] = (weights[place] ?? 0) - (RATE * gradient) / (Math.sqrt(sum) + 1e-2);
    }
  }
}

/** Rarity of each bucket: 1 and the sum of 1/n from its texts to all of them, which is the logarithm of their ratio. */
function rarityOf(texts: readonly Features[], bits: number): Float32Array {
  const counts = new Int32Array(1 << bits);
  for (const features of texts)
    for (const bucket of features.keys()) counts[bucket] = (counts[bucket] ?? 0) + 1;
  const sums = new Float64Array(texts.length + 2);
  for (let n = texts.length; n >= 0; n--) sums[n] = (sums[n + 1] ?? 0) + 1 / (n + 1);
  return Float32Array.from(counts, (count) => 1 + (sums[count] ?? 0));
}

function shuffle<T>(items: T[], next: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    const [a, b] = [items[at], items[other]];
    if (a === undefined || b === undefined) continue;
    items[at] = b;
    items[other] = a;
  }
}
