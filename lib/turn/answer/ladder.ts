import { intentNamed } from "../../intents/table.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Allowed } from "./budget.ts";
import type { Perceived } from "./classify.ts";
import type { Attempt } from "./respond.ts";
import type { TurnTools } from "./tools.ts";

/** A step of the degradation ladder: one attempt at a reply. */
export interface Rung extends Attempt {
  rung: string;
}

/**
 * The attempts in order, and their shares of the time: the first may use half of it, so that the last has some. Economy
 * leaves out the first.
 */
export function ladder(
  { intent, language, classified }: Perceived,
  tools: TurnTools,
  allowed: Allowed,
  deps: Pick<TurnDeps, "models" | "limits">,
): Rung[] {
  const row = intentNamed(intent);
  const { reply, fallback } = deps.models;
  const share = (part: number) => Math.round(deps.limits.replyTimeoutMs * part);
  const economy = allowed !== "all";
  const full = { intent, language, tools: tools.named(row.tools) };
  const first: Rung = {
    ...full,
    rung: classified ? "full" : "no_classification",
    model: row.tier === "economy" ? fallback : reply,
    timeoutMs: share(0.5),
  };
  return [
    ...(economy ? [] : [first]),
    { ...full, rung: "fallback_model", model: fallback, timeoutMs: share(economy ? 0.8 : 0.3) },
    { ...full, rung: "plain", model: fallback, tools: {}, timeoutMs: share(0.2) },
  ];
}
