/** Figures as an OTLP/HTTP request in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
import type { Family, Figures } from "./families.ts";

/** `AGGREGATION_TEMPORALITY_CUMULATIVE`. */
const CUMULATIVE = 2;

/** Body of an export of metrics. */
export function otlpMetrics({ atMs, sinceMs, families }: Figures, serviceName: string): object {
  const times = { startTimeUnixNano: nanoseconds(sinceMs), timeUnixNano: nanoseconds(atMs) };
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf({ "service.name": serviceName }) },
        scopeMetrics: [
          { scope: { name: "chasqui" }, metrics: families.map((family) => metricOf(family, times)) },
        ],
      },
    ],
  };
}

/** Collectors that write Prometheus' names add the unit and `_total` again: so both ways lead to the same names. */
function metricOf(family: Family, times: { startTimeUnixNano: string; timeUnixNano: string }): object {
  const isTime = family.name.endsWith("_seconds");
  const name = family.name.replace("chasqui_", "chasqui.").replace(/_(seconds|total)$/, "");
  const own = { name, description: family.help, ...(isTime && { unit: "s" }) };
  if (family.type === "histogram") {
    const dataPoints = family.points.map(({ labels, counts, sumS }) => ({
      ...{ attributes: attributesOf(labels), ...times, sum: sumS },
      count: String(counts.reduce((sum, count) => sum + count, 0)),
      bucketCounts: counts.map(String),
      explicitBounds: family.edgesS,
    }));
    return { ...own, histogram: { dataPoints, aggregationTemporality: CUMULATIVE } };
  }
  const dataPoints = family.points.map(({ labels, value }) => ({
    ...{ attributes: attributesOf(labels), asDouble: value },
    ...(family.type === "gauge" ? { timeUnixNano: times.timeUnixNano } : times),
  }));
  if (family.type === "gauge") return { ...own, gauge: { dataPoints } };
  return { ...own, sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } };
}

const attributesOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** As text: such numbers are too large for JSON's. */
const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;
