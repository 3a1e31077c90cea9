/** Prometheus' text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). */
import type { Family, HistogramPoint } from "./families.ts";

export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Families as a page that Prometheus scrapes. */
export const prometheusText = (families: readonly Family[]): string => families.map(textOf).join("");

function textOf(family: Family): string {
  const { name, help, type } = family;
  const lines =
    family.type === "histogram"
      ? family.points.flatMap((point) => histogramLines(name, family.edgesS, point))
      : family.points.map(({ labels, value }) => sample(name, labels, value));
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("\n")}\n`;
}

function histogramLines(name: string, edgesS: readonly number[], point: HistogramPoint): string[] {
  const { labels, counts, sumS } = point;
  let sum = 0;
  const buckets = counts.map((count, at) => {
    sum += count;
    const edge = edgesS[at];
    const le = edge === undefined ? "+Inf" : float(edge);
    return sample(`${name}_bucket`, { ...labels, le }, sum);
  });
  return [...buckets, sample(`${name}_sum`, labels, sumS), sample(`${name}_count`, labels, sum)];
}

function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

/** `2` as `2.0`: so Prometheus 3 writes bounds, and Prometheus 2 takes them as they are. */
const float = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');
