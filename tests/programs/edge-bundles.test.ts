import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundleEdge, MAX_GZIP_BYTES, NODE_ENDPOINTS } from "../../fakes/edge/bundle.ts";
import { evaluate } from "../../fakes/edge/serve.ts";
import { sources } from "../../scripts/law/sources.ts";

const all = sources(["api"]);
const endpoints = all.filter(({ file }) => !NODE_ENDPOINTS.includes(file));

test("every endpoint asks for its runtime in the one way plain api/ folders know", () => {
  expect(endpoints.length).toBeGreaterThan(0);
  // `export const runtime = "edge"` is silently ignored outside of frameworks.
  const others = endpoints.filter(
    ({ text }) => !/^export const config = \{ runtime: "edge"[,\s]/m.test(text),
  );
  expect(others.map(({ file }) => file)).toEqual([]);
  const inNode = all.filter(({ text }) => /^export const config = \{ runtime: "nodejs"[,\s]/m.test(text));
  expect(inNode.map(({ file }) => file)).toEqual(NODE_ENDPOINTS);
});

test("there are no more endpoints than a Hobby plan takes", () => {
  expect(all.length).toBeLessThanOrEqual(12);
});

test.each(endpoints)(
  "$file fits the edge: bundles, weighs under 1 MB gzipped, evaluates",
  async ({ file }) => {
    const bundle = await bundleEdge(fileURLToPath(new URL(`../../${file}`, import.meta.url)));
    const { evaluationMs } = evaluate(bundle.code, {});
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
    console.log(
      `${file}: ${kilobytes(bundle.bytes)}, ${kilobytes(bundle.gzipBytes)} gzip, evaluated in ${Math.round(evaluationMs)} ms`,
    );
    expect(bundle.gzipBytes).toBeLessThan(MAX_GZIP_BYTES);
  },
);
