import type { TotalsReader } from "../../types/exports.ts";
import { type Figures, familiesOf } from "./families.ts";
import type { ExportedMetric } from "./list.ts";

/**
 * Reads what is exported. Callers who wait at once share a reading, and one that begins after they came: with an older one a second process
 * could have given newer totals before, and totals must not fall. `alone`: each reads for itself, where requests cannot wait for each other.
 */
export function createReading(
  reader: TotalsReader,
  exported: readonly ExportedMetric[],
  { alone }: { alone: boolean },
): () => Promise<Figures> {
  const asked = exported.map((metric) => metric.asked);
  const read = async (): Promise<Figures> => {
    const totals = await reader.totals(asked);
    return { atMs: totals.atMs, sinceMs: totals.sinceMs, families: familiesOf(totals, exported) };
  };
  if (alone) return read;
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Figures> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      const own = read();
      running = own.catch(() => undefined);
      return own;
    });
    return next;
  };
}
