import type {
  DependencyHealth,
  FailureCode,
  Queue,
  ServiceView,
} from "../../../contracts/console/insight.ts";
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
import { metaAdvice, metaMeaning, sendDecision } from "../../whatsapp/errors.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { type Figures, figuresFor } from "./read.ts";

/** Anomalies in the order of the page: shown also when there were none. */
const ANOMALIES = [
  "dead",
  "ambiguous",
  "confirmed_by_status_report",
  "resent",
  "redelivered",
  "resumed",
  "withheld",
  "cut",
];
const DEPENDENCIES = ["database", "cache", "model", "whatsapp"];
const MOST_CODES = 30;

/** What went other than planned, what is open now, and how the services did that all depends on. */
export async function serviceOf(call: TenantCall<ConsoleDeps>): Promise<ServiceView> {
  const figures = figuresFor(call);
  const { range, read } = figures;
  const [anomalies, sent, errors, health, queue] = await Promise.all([
    read({ metric: "anomalies", by: ["name"], step: range.step }),
    read({ metric: "sent", by: ["result", "code"] }),
    read({ metric: "errors", by: ["code"] }),
    read({ metric: "health", by: ["name", "result"], step: range.step }),
    queueOf(call, figures),
  ]);
  return {
    head: await figures.head(sumOf(sent)),
    slots: slotsOf(range),
    queue,
    anomalies: anomaliesOf(anomalies, figures),
    sent: totalsBy(sent, "result").map(({ name, n }) => ({ state: name, n })),
    failures: failuresOf(sent),
    errors: totalsBy(errors, "code")
      .slice(0, MOST_CODES)
      .map(({ name, n }) => ({ code: name, n })),
    health: healthOf(health, figures),
  };
}

/** Sums of what is open with all numbers that are read. */
async function queueOf({ deps }: TenantCall<ConsoleDeps>, { numbers }: Figures): Promise<Queue> {
  const queues = await Promise.all(numbers.map(({ tenantId }) => deps.overview.queue(tenantId)));
  const sum = (name: "waiting" | "unread" | "stranded" | "withPerson" | "dead") =>
    queues.reduce((total, queue) => total + queue[name], 0);
  const first = (name: "waitingSince" | "unreadSince") =>
    queues.reduce<number | null>(
      (since, { [name]: own }) => (own === null ? since : Math.min(own, since ?? own)),
      null,
    );
  return {
    ...{ waiting: sum("waiting"), waitingSince: first("waitingSince") },
    ...{ unread: sum("unread"), unreadSince: first("unreadSince"), stranded: sum("stranded") },
    ...{ withPerson: sum("withPerson"), dead: sum("dead") },
  };
}

function anomaliesOf(cells: readonly Cell[], { range }: Figures): ServiceView["anomalies"] {
  const found = byLabel(cells, "name");
  const names = [...ANOMALIES, ...[...found.keys()].filter((name) => !ANOMALIES.includes(name)).sort()];
  return names.map((name) => {
    const own = found.get(name) ?? [];
    return { name, n: sumOf(own), series: countsBySlot(own, range) };
  });
}

function failuresOf(sent: readonly Cell[]): FailureCode[] {
  const failed = sent.filter(({ labels }) => labels.result === "failed");
  return totalsBy(failed, "code")
    .slice(0, MOST_CODES)
    .map(({ name: code, n }) => ({ code, n, ...wordsFor(code) }));
}

/** What is known of a code; a failure may come without one. */
function wordsFor(text: string): Omit<FailureCode, "code" | "n"> {
  const code = text === "" ? Number.NaN : Number(text);
  if (!Number.isInteger(code)) return { decision: null, meaning: null, advice: null };
  return { decision: sendDecision(code, 400), meaning: metaMeaning(code), advice: metaAdvice(code) };
}

function healthOf(cells: readonly Cell[], { range }: Figures): DependencyHealth[] {
  const found = byLabel(cells, "name");
  const names = [...DEPENDENCIES, ...[...found.keys()].filter((name) => !DEPENDENCIES.includes(name)).sort()];
  return names.map((name) => {
    const own = found.get(name) ?? [];
    return {
      name,
      checks: checksOf(own),
      percentiles: percentilesOf(own.filter(isOk)),
      series: bySlot(own, range).map((slot) => checksOf(slot.cells).share),
    };
  });
}

const isOk = ({ labels }: Cell): boolean => labels.result === "ok";
const checksOf = (cells: readonly Cell[]) => shareOf(sumOf(cells.filter(isOk)), sumOf(cells));
