import { join } from "node:path";
import { bundleEdge, MAX_GZIP_BYTES, NODE_ENDPOINTS } from "../fakes/edge/bundle.ts";
import { evaluate } from "../fakes/edge/serve.ts";
import { PROJECT_DIRECTORY } from "../host/bot.ts";
import { endpointFiles } from "../host/server/routes.ts";
import { median, type Row } from "./table.ts";

const COLD_STARTS = 11;

/** Uploaded size of each function, and the time of its evaluation at a cold start in the edge VM. */
export default async function edge(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const endpoint of endpointFiles(join(PROJECT_DIRECTORY, "api"))) {
    const file = `api/${endpoint}`;
    if (NODE_ENDPOINTS.includes(file)) continue;
    const bundle = await bundleEdge(join(PROJECT_DIRECTORY, file));
    const evaluations = Array.from({ length: COLD_STARTS }, () => evaluate(bundle.code, {}).evaluationMs);
    rows.push(
      { what: `${file}: gzip`, value: bundle.gzipBytes / 1024, unit: "KB", limit: MAX_GZIP_BYTES / 1024 },
      {
        what: `${file}: cold evaluation, median of ${COLD_STARTS}`,
        value: median(evaluations),
        unit: "ms",
        limit: null,
      },
    );
  }
  return rows;
}
