import type { Log } from "../telemetry/log.ts";
import type { AlertStore, Telling, WatchedCompany } from "../types/alerts.ts";
import type { Clock } from "../types/clock.ts";
import type { Notifier } from "../types/notifier.ts";
import { RULES } from "./rules.ts";
import { wordsOf } from "./words.ts";

/** Dependencies of telling. */
export interface TellDeps {
  clock: Pick<Clock, "now">;
  log: Log;
  store: Pick<AlertStore, "takeTellings" | "endTelling">;
  /** Null when nobody can be told: then the log says it. */
  notifier: Pick<Notifier, "alert"> | null;
}

/** Rules that concern the whole deployment, whatever the company whose row they are. */
const OF_ALL: ReadonlySet<string> = new Set(["dependency", "behind", "model_end"]);

/** Tells what has to be told of a company; returns how much was. What is not taken is told again by a later run. */
export async function tell({ tenantId, company }: WatchedCompany, deps: TellDeps): Promise<number> {
  const tellings = await deps.store.takeTellings(tenantId, deps.clock.now());
  let told = 0;
  for (const telling of tellings) {
    const { rule, kind, name, severity } = telling;
    note(telling, deps.log);
    const delivered =
      deps.notifier === null ||
      (await deps.notifier.alert({
        ...wordsOf(telling, OF_ALL.has(rule) ? null : company),
        ...{ tenantId, page: RULES[rule].page, runbook: RULES[rule].runbook },
        about: { name, severity, state: kind === "recovered" ? "over" : "open" },
      }));
    await deps.store.endTelling(tenantId, { telling, delivered }, deps.clock.now());
    if (delivered) told += 1;
  }
  return told;
}

/** Tells that the database is away. */
export async function tellAway(
  error: string,
  { clock, log, notifier }: Omit<TellDeps, "store">,
): Promise<boolean> {
  const facts = { name: "database", error };
  const openedMs = clock.now();
  const telling = { rule: "dependency", severity: "page", facts, openedMs, recoveredMs: null } as const;
  log.error("alert.opened", { alert: "dependency:database" });
  const about = { name: "dependency:database", severity: "page", state: "open" } as const;
  const words = wordsOf({ ...telling, kind: "opened" }, null);
  const where = { tenantId: null, page: "alerts", runbook: "the-database-is-down" } as const;
  return notifier === null || notifier.alert({ ...words, ...where, about });
}

function note({ kind, name, severity }: Telling, log: Log): void {
  if (kind === "recovered") log.info("alert.over", { alert: name });
  else if (kind !== "reminder") log[severity === "page" ? "error" : "warn"]("alert.opened", { alert: name });
}
