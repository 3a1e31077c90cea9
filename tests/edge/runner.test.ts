import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleEdge } from "../../fakes/edge/bundle.ts";
import { type EdgeServer, serveEdge } from "../../fakes/edge/serve.ts";
import { type OtlpSink, startOtlpSink } from "../support/otlp.ts";

const endpoint = (name: string) => fileURLToPath(new URL(`endpoints/${name}.ts`, import.meta.url));

const heard: string[] = [];
const echo = createServer((request, response) => {
  heard.push(request.url ?? "");
  response.end();
});
let sink: OtlpSink;
let edge: EdgeServer;

beforeAll(async () => {
  sink = await startOtlpSink();
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const { port } = echo.address() as AddressInfo;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ECHO_URL: `http://127.0.0.1:${port}` };
  edge = await serveEdge(endpoint("traced"), { env });
});
afterAll(async () => {
  await edge.close();
  await sink.close();
  echo.closeAllConnections();
  echo.close();
});

test("an endpoint answers from the edge VM, without eval, and its background work is done when drained", async () => {
  const response = await fetch(`${edge.url}/api/traced?name=Ana`);
  const answer = await response.json();
  expect(answer).toMatchObject({ name: "Ana", model: "function", eval: false });
  await edge.drain();
  expect(heard).toEqual(["/after"]);
  const spans = sink.spans();
  expect(spans.map(({ name }) => name).sort()).toEqual(["GET /traced", "background", "turn", "work"]);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([answer.traceId]));
});

test("a handler that throws costs its own request only, and draining tells", async () => {
  expect((await fetch(edge.url)).status).toBe(500);
  await expect(edge.drain()).rejects.toThrow(/expected string/);
  expect((await fetch(`${edge.url}/?name=Ana`)).status).toBe(200);
  await edge.drain();
});

test("a module the edge does not have is refused by name", async () => {
  await expect(bundleEdge(endpoint("reads-files"))).rejects.toThrow(/imports node:fs/);
});
