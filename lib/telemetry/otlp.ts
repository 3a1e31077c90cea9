/** Address of one kind of export at a collector's base address. */
export const otlpUrl = (endpoint: string, kind: "traces" | "metrics"): string =>
  `${endpoint.replace(/\/+$/, "")}/v1/${kind}`;

/** Headers in the form of `OTEL_EXPORTER_OTLP_HEADERS`: `name=value,name=value`. */
export function otlpHeaders(list: string): Record<string, string> {
  const pairs = list.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 ? [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]] : [];
  });
  return Object.fromEntries(pairs);
}
