import type { Database } from "../../../db/client.ts";
import { createTotalsReader } from "../../../db/totals.ts";
import { TOOL_NAMES } from "../../../tools/registry.ts";
import type { Figures } from "../../insight/exports/families.ts";
import { exportedMetrics } from "../../insight/exports/list.ts";
import { createReading } from "../../insight/exports/reading.ts";

/** Reader of the exported figures of this database. */
export const composeReading = (database: Database): (() => Promise<Figures>) =>
  createReading(createTotalsReader(database), exportedMetrics(TOOL_NAMES), {
    alone: database.shared !== true,
  });
