import { expect } from "vitest";

/** A sample of a page in Prometheus' text format. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const PAIR = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/** The samples of a page, held to the format: one head for each name before its samples, whole pairs, histograms that add up. */
export function readExposition(text: string): Sample[] {
  expect(text.endsWith("\n")).toBe(true);
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.trimEnd().split("\n")) {
    const head = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
    if (head) {
      expect(types.has(head[1] ?? "")).toBe(false);
      types.set(head[1] ?? "", head[2] ?? "");
    }
    if (line.startsWith("#")) continue;
    const [, name = "", pairs = "", value = ""] = SAMPLE.exec(line) ?? [];
    expect(name, line).not.toBe("");
    expect([...types.keys()].at(-1), line).toBe(name.replace(/_(bucket|sum|count)$/, ""));
    samples.push({ name, labels: labelsIn(pairs), value: value === "+Inf" ? Infinity : Number(value) });
    expect(samples.at(-1)?.value, line).not.toBeNaN();
  }
  const keys = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]));
  expect(new Set(keys).size).toBe(keys.length);
  for (const [name, type] of types) if (type === "histogram") expectToAddUp(name, samples);
  return samples;
}

function labelsIn(pairs: string): Record<string, string> {
  const labels: Record<string, string> = {};
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < pairs.length) {
    const [, label = "", text = ""] = PAIR.exec(pairs) ?? expect.fail(`labels: ${pairs}`);
    labels[label] = text.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}

function expectToAddUp(name: string, samples: readonly Sample[]): void {
  for (const count of samples.filter((sample) => sample.name === `${name}_count`)) {
    const buckets = samples.filter(
      (sample) => sample.name === `${name}_bucket` && isOf(sample.labels, count.labels),
    );
    const edges = buckets.map(({ labels }) => (labels.le === "+Inf" ? Infinity : Number(labels.le)));
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
    expect(edges.at(-1)).toBe(Infinity);
    const counts = buckets.map(({ value }) => value);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(count.value);
  }
}

const isOf = ({ le: _, ...labels }: Record<string, string>, series: Record<string, string>): boolean =>
  JSON.stringify(labels) === JSON.stringify(series);

/** Sum of the samples of a name with these labels. */
export const sumOf = (
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number =>
  samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([label, text]) => sample.labels[label] === text))
    .reduce((sum, { value }) => sum + value, 0);
