import type { ContainmentView } from "../../../contracts/console/conversations.ts";
import type { Share } from "../../../contracts/console/insight.ts";
import type { Containment } from "../../../contracts/console/settings.ts";
import { CONTAINMENT_LABELS, containmentOf, decidedUntil } from "../../insight/containment.ts";
import { byLabel, bySlot, shareOf, sumOf, totalsBy } from "../../insight/series.ts";
import type { Cell } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { DEFAULT_SETTINGS, settingsOf } from "../settings/settings.ts";
import type { Figures } from "./read.ts";

/** What each number's figures are reckoned by. */
export type Bases = ReadonlyMap<string, { timeZone: string; definition: Containment; decidedMs: number }>;

const MOST_INTENTS = 30;

/** Reads what the figures of all numbers of a request are reckoned by. */
export async function basesOf(
  { conversationFigures }: ConsoleDeps,
  { numbers }: Pick<Figures, "numbers">,
): Promise<Bases> {
  const found = await Promise.all(
    numbers.map(async ({ tenantId }) => {
      const basis = await conversationFigures.basis(tenantId);
      if (!basis) return [];
      const { timeZone, decidedMs } = basis;
      return [
        [tenantId, { timeZone, decidedMs, definition: settingsOf(basis.settings).containment }],
      ] as const;
    }),
  );
  return new Map(found.flat());
}

/** Contained conversations, of each number by its own company's definition. */
export async function containmentView(
  figures: Figures,
  bases: Bases,
  tenantId: string,
): Promise<ContainmentView> {
  const definition = bases.get(tenantId)?.definition ?? DEFAULT_SETTINGS.containment;
  const parts = await Promise.all([...bases].map(([number, basis]) => partOf(figures, number, basis)));
  const sums = (of: (part: Part) => Share): Share => addShares(parts.map(of));
  const names = totalsBy(
    parts.flatMap(({ cells }) => cells),
    "intent",
  ).slice(0, MOST_INTENTS);
  const ofIntents = parts.map((part) => ({ ...part, intents: byLabel(part.cells, "intent") }));
  const ofSlots = parts.map((part) => ({ ...part, slots: bySlot(part.cells, figures.range) }));
  const [{ slots } = { slots: [] }] = ofSlots;
  return {
    definition,
    share: sums(({ cells, definition }) => containmentOf(cells, definition)),
    undecided: parts.reduce((sum, part) => sum + part.undecided, 0),
    byIntent: names.map(({ name }) => ({
      name,
      share: addShares(
        ofIntents.map(({ intents, definition }) => containmentOf(intents.get(name) ?? [], definition)),
      ),
    })),
    series: slots.map((_, place) =>
      addShares(ofSlots.map(({ slots, definition }) => containmentOf(slots[place]?.cells ?? [], definition))),
    ),
  };
}

interface Part {
  definition: Containment;
  cells: Cell[];
  undecided: number;
}

/** Conversations of one number of which it is known whether they were contained, and how many are not decided yet. */
async function partOf(
  { read, range }: Figures,
  number: string,
  { definition, decidedMs }: { definition: Containment; decidedMs: number },
): Promise<Part> {
  const { fromMs, step } = range;
  const untilMs = Math.max(fromMs, Math.min(range.toMs, decidedUntil(definition, decidedMs)));
  const by = ["intent", ...CONTAINMENT_LABELS] as const;
  const [cells, rest] = await Promise.all([
    read({ metric: "containment", by, step, number, range: { fromMs, toMs: untilMs } }),
    untilMs < range.toMs
      ? read({ metric: "containment", number, range: { fromMs: untilMs, toMs: range.toMs } })
      : [],
  ]);
  return { definition, cells, undecided: sumOf(rest) };
}

const addShares = (shares: readonly Share[]): Share =>
  shareOf(
    shares.reduce((sum, { good }) => sum + good, 0),
    shares.reduce((sum, { all }) => sum + all, 0),
  );
