import type { ConversationsView, NamedCount, Ratings } from "../../../contracts/console/conversations.ts";
import { slotsOf } from "../../insight/range.ts";
import {
  byLabel,
  bySlot,
  countsBySlot,
  percentilesOf,
  shareOf,
  sumOf,
  totalsBy,
} from "../../insight/series.ts";
import type { Cell } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { basesOf, containmentView } from "./containment.ts";
import { type Figures, figuresFor } from "./read.ts";
import { hoursOf } from "./week-hours.ts";

/** Intents with a series of their own; a chart tells six apart. */
const SERIES = 5;
const MOST = 30;
const GOOD_SCORE = 4;

/** What customers want and how their conversations ended. */
export async function conversationsOf(call: TenantCall<ConsoleDeps>): Promise<ConversationsView> {
  const figures = figuresFor(call);
  const bases = await basesOf(call.deps, figures);
  const [volume, containment, hours, served, csat] = await Promise.all([
    volumeOf(figures),
    containmentView(figures, bases, call.tenantId),
    hoursOf(figures, bases),
    servedOf(figures),
    csatOf(figures),
  ]);
  const { events, ...shown } = volume;
  return {
    head: await figures.head(events),
    slots: slotsOf(figures.range),
    ...shown,
    ...{ hours, containment, csat },
    ...served,
  };
}

type Volume = Pick<ConversationsView, "messages" | "ended" | "people" | "languages" | "intents">;

async function volumeOf({ read, range }: Figures): Promise<Volume & { events: number }> {
  const { step } = range;
  const [received, ended, people, languages, intents] = await Promise.all([
    read({ metric: "received", step }),
    read({ metric: "conversations", step }),
    read({ metric: "people", by: ["type"], step }),
    read({ metric: "turns", by: ["language"] }),
    read({ metric: "turns", by: ["intent"], step }),
  ]);
  const kinds = byLabel(people, "type");
  return {
    events: sumOf(received),
    messages: countsBySlot(received, range),
    ended: countsBySlot(ended, range),
    people: {
      fresh: countsBySlot(kinds.get("new") ?? [], range),
      returning: countsBySlot(kinds.get("returning") ?? [], range),
    },
    languages: totalsBy(languages, "language").slice(0, MOST),
    intents: intentsOf(intents, range),
  };
}

/** The most frequent intents, and all others as one. */
function intentsOf(cells: readonly Cell[], range: Figures["range"]): ConversationsView["intents"] {
  const found = byLabel(cells, "intent");
  const names = totalsBy(cells, "intent").map(({ name }) => name);
  const rest = names.slice(SERIES).flatMap((name) => found.get(name) ?? []);
  const of = (name: string, own: readonly Cell[]) => ({
    name,
    n: sumOf(own),
    series: countsBySlot(own, range),
  });
  const first = names.slice(0, SERIES).map((name) => of(name, found.get(name) ?? []));
  return rest.length > 0 ? [...first, of("other", rest)] : first;
}

type Served = Pick<ConversationsView, "handoffs" | "firstResponse" | "resolution">;

async function servedOf({ read, range }: Figures): Promise<Served> {
  const { step } = range;
  const [handoffs, first, resolution] = await Promise.all([
    read({ metric: "handoffs", by: ["reason"] }),
    read({ metric: "first_response", step }),
    read({ metric: "resolution", by: ["served_by"], step }),
  ]);
  const overTime = (cells: readonly Cell[]) => bySlot(cells, range).map((slot) => percentilesOf(slot.cells));
  return {
    handoffs: totalsBy(handoffs, "reason").slice(0, MOST),
    firstResponse: { all: percentilesOf(first), series: overTime(first) },
    resolution: {
      all: percentilesOf(resolution),
      by: totalsBy(resolution, "served_by").map(({ name }) => ({
        name,
        percentiles: percentilesOf(byLabel(resolution, "served_by").get(name) ?? []),
      })),
      series: overTime(resolution),
    },
  };
}

async function csatOf({ read }: Figures): Promise<ConversationsView["csat"]> {
  const cells = await read({ metric: "csat", by: ["intent", "version", "score"] });
  const groups = (label: "intent" | "version"): Ratings[] =>
    [...byLabel(cells, label)]
      .map(([name, own]) => ratingsOf(name, own))
      .sort((a, b) => b.n - a.n || a.name.localeCompare(b.name))
      .slice(0, MOST);
  // Versions in their order: it is their effect that is looked for.
  const byVersion = groups("version").sort((a, b) => Number(b.name) - Number(a.name));
  return { all: ratingsOf("", cells), byIntent: groups("intent"), byVersion };
}

function ratingsOf(name: NamedCount["name"], cells: readonly Cell[]): Ratings {
  const n = sumOf(cells);
  const stars = cells.reduce((sum, { labels, n }) => sum + Number(labels.score) * n, 0);
  const good = sumOf(cells.filter(({ labels }) => Number(labels.score) >= GOOD_SCORE));
  return { name, n, average: n === 0 ? null : stars / n, good: shareOf(good, n) };
}
