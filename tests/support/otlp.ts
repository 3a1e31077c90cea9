import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A span as it stood on the wire, its attributes unfolded. */
export interface WireSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  startMs: number;
  endMs: number;
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
  status: { code?: number; message?: string };
}

/** An OTLP/HTTP collector on loopback that keeps what it is sent. */
export interface OtlpSink {
  /** Base address, as `OTEL_EXPORTER_OTLP_ENDPOINT` wants it. */
  url: string;
  /** Everything received so far, in order of arrival. */
  spans(): WireSpan[];
  /** Exports of metrics, parsed. */
  metrics(): unknown[];
  /** The bodies as received, for searching them for what must not be there. */
  bodies(): string[];
  requests(): { path: string; headers: Record<string, unknown> }[];
  /** Answers like this from now on; `hang` never answers. */
  answer(status: number | "hang"): void;
  clear(): void;
  close(): Promise<void>;
}

type KeyValue = { key: string; value: Record<string, unknown> };
type OtlpSpan = Omit<WireSpan, "attributes" | "events" | "startMs" | "endMs"> & {
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: KeyValue[];
  events?: { name: string; attributes?: KeyValue[] }[];
};
type OtlpBody = { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };

/** Starts a collector on a free port of 127.0.0.1. */
export async function startOtlpSink(): Promise<OtlpSink> {
  const received: { path: string; headers: Record<string, unknown>; body: string }[] = [];
  let status: number | "hang" = 200;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ path: request.url ?? "", headers: request.headers, body });
    if (status !== "hang") response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => received.filter(({ path }) => path === "/v1/traces").flatMap(({ body }) => parse(body)),
    metrics: () =>
      received.filter(({ path }) => path === "/v1/metrics").map(({ body }): unknown => JSON.parse(body)),
    bodies: () => received.map(({ body }) => body),
    requests: () => received.map(({ path, headers }) => ({ path, headers })),
    answer: (next) => {
      status = next;
    },
    clear: () => received.splice(0),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function parse(body: string): WireSpan[] {
  const { resourceSpans }: OtlpBody = JSON.parse(body);
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ startTimeUnixNano, endTimeUnixNano, attributes, events, ...span }) => ({
      ...span,
      parentSpanId: span.parentSpanId || null,
      startMs: Number(BigInt(startTimeUnixNano) / 1_000n) / 1_000,
      endMs: Number(BigInt(endTimeUnixNano) / 1_000n) / 1_000,
      attributes: unfold(attributes),
      events: (events ?? []).map((event) => ({ name: event.name, attributes: unfold(event.attributes) })),
    }));
}

const unfold = (pairs: KeyValue[] = []): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));
