/** Alerts about models that have ended, each sent once. */
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { Notifier } from "../types/notifier.ts";
import type { Succeeded } from "./succession.ts";

/** Dependencies of an alert. */
export interface AlertDeps {
  notifier: Pick<Notifier, "alert">;
  log: Log;
  /** True for the first call of a name, over all instances and restarts. */
  firstAlert(name: string): Promise<boolean>;
  /** Variables that name this model. */
  variablesOf(model: string): readonly string[];
}

/** Alerts the company to a model that has ended. Called at each turn: each end is looked up once per process. Never throws. */
export function createEndAlert(deps: AlertDeps): (end: Succeeded) => Promise<void> {
  const known = new Set<string>();
  return async ({ model, successor, because }) => {
    const name = `model:ended:${model}:${successor ?? "none"}`;
    if (known.has(name)) return;
    known.add(name);
    const what = because === "date" ? "has reached its last day" : "is not found at the model service";
    const now = successor ? `${successor} answers in its place` : "no successor answers in its place";
    const wanted = successor ?? "a model that the service has";
    const detail = `set ${variables(deps, model)} to ${wanted}; npm run doctor tries it`;
    if (!(await alertOnce(deps, name, { title: `${model} ${what}; ${now}`, detail }))) known.delete(name);
  };
}

/** The variables to set, for an alert. */
const variables = ({ variablesOf }: Pick<AlertDeps, "variablesOf">, model: string): string =>
  variablesOf(model).join(", ") || "the model";

/** Sends and logs an alert if it is the first of this name. Never throws; false when that could not be found out. */
async function alertOnce(
  { notifier, log, firstAlert }: Omit<AlertDeps, "variablesOf">,
  name: string,
  alert: { title: string; detail: string },
): Promise<boolean> {
  try {
    if (!(await firstAlert(name))) return true;
    log.error("model.ends", { alert: name });
    await notifier.alert({ ...alert, tenantId: null, page: "alerts", runbook: "a-model-ends" });
    return true;
  } catch (error) {
    log.warn("notify.failed", { code: errorCode(error), attempt: 1 });
    return false;
  }
}
