import type { InsightLabels } from "../../../contracts/console/insight.ts";
import { DAY_MS, RANGES } from "../../insight/range.ts";
import { totalsBy } from "../../insight/series.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { figuresFor } from "./read.ts";

/** Values that a filter offers at most. */
const MOST = 50;
const NAMES = ["intent", "model", "rung", "language"] as const satisfies (keyof InsightLabels)[];

/** Values of the labels of turns in the last 90 days, most frequent first, whatever the filters. */
export async function labelsOf(call: TenantCall<ConsoleDeps>): Promise<InsightLabels> {
  const { read } = figuresFor({ ...call, query: new URLSearchParams(numberIn(call.query)) });
  const toMs = Math.ceil(call.deps.clock.now() / DAY_MS) * DAY_MS;
  const range = { fromMs: toMs - RANGES["90d"], toMs };
  const found = await Promise.all(
    NAMES.map(async (name) => {
      const cells = await read({ metric: "turns", by: [name], range });
      const values = totalsBy(cells, name).map((each) => each.name);
      return [name, values.filter((value) => value !== "").slice(0, MOST)];
    }),
  );
  return Object.fromEntries(found) as InsightLabels;
}

const numberIn = (query: URLSearchParams): Record<string, string> => {
  const number = query.get("number");
  return number === null ? {} : { number };
};
