import { join } from "node:path";
import { bundleEdge, MAX_GZIP_BYTES, NODE_ENDPOINTS } from "../fakes/edge/bundle.ts";
import { evaluate } from "../fakes/edge/serve.ts";
import { PROJECT_DIRECTORY } from "../host/bot.ts";
import { endpointFiles } from "../host/server/routes.ts";
import type { Row } from "./table.ts";

const COLD_STARTS = 21;
/** The floor. */
const PACKAGES = "bench/edge-packages.ts";

/**
 * Size of each function, gzipped, and the time of its evaluation at a cold start in the edge VM: as it is uploaded, and as its imports are
 * written, in turns.
 */
export default async function edge(): Promise<Row[]> {
  const rows: Row[] = [];
  const endpoints = endpointFiles(join(PROJECT_DIRECTORY, "api")).map((endpoint) => `api/${endpoint}`);
  for (const file of [PACKAGES, ...endpoints.filter((one) => !NODE_ENDPOINTS.includes(one))]) {
    const entry = join(PROJECT_DIRECTORY, file);
    const kinds = [
      { name: "uploaded", limit: MAX_GZIP_BYTES / 1024, ms: [] as number[], ...(await bundleEdge(entry)) },
      {
        name: "as written",
        limit: null,
        ms: [] as number[],
        ...(await bundleEdge(entry, { asWritten: true })),
      },
    ];
    for (let start = 0; start < COLD_STARTS; start++)
      for (const { code, ms } of kinds) ms.push(evaluate(code, {}).evaluationMs);
    for (const { name, limit, gzipBytes, ms } of kinds)
      rows.push(
        { what: `${file}, ${name}: gzip`, value: gzipBytes / 1024, unit: "KB", limit },
        {
          what: `${file}, ${name}: cold evaluation, least of ${COLD_STARTS}`,
          ...{ value: Math.min(...ms), unit: "ms", limit: null },
        },
      );
  }
  return rows;
}
