import type { LatencyTargets, TurnView } from "../../../contracts/turn.ts";

/** Stages in the order of a turn. */
const ORDER = [
  "verify",
  "parse",
  "admit",
  "receive",
  "settle",
  "claim",
  "recall",
  "classify",
  "respond",
  "draft",
  "send",
  "finish",
];

const BEFORE_ANSWER = new Set(["verify", "parse", "admit", "receive"]);
const TOOL = "tool:";
// Smaller gaps are rounding.
const GAP_SHOWN_MS = 5;

/** One bar of the waterfall, in milliseconds from the webhook's arrival. */
export interface StageBar {
  name: string;
  startMs: number;
  ms: number;
  /** True for a tool call, whose time is part of `respond`. */
  within: boolean;
  beforeAnswer: boolean;
}

/** A target and the measured time; `ms` is null when it was not measured. */
export interface Measured {
  name: "webhook" | "intent" | "reply" | "wait";
  ms: number | null;
  targetMs: number;
}

function total(stages: Record<string, number>, names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + (stages[name] ?? 0), 0);
}

// Only durations are recorded. Tools run between two model calls, so their bars are centred in `respond`.
function toolBars(stages: Record<string, number>, startMs: number, respondMs: number): StageBar[] {
  const names = Object.keys(stages).filter((name) => name.startsWith(TOOL));
  let at = startMs + Math.max(0, (respondMs - total(stages, names)) / 2);
  return names.map((name) => {
    const ms = stages[name] ?? 0;
    const bar = { name: name.slice(TOOL.length), startMs: at, ms, within: true, beforeAnswer: false };
    at += ms;
    return bar;
  });
}

/** The target of a stage of its own; null: it has none. */
export function targetOf({ name, within }: StageBar, targets: LatencyTargets): number | null {
  if (within) return null;
  return name === "classify" ? targets.intentMs : name === "respond" ? targets.replyMs : null;
}

/** Stages of a turn laid end to end; the part of the customer's wait outside any stage is a `gap`. */
export function waterfall(turn: Pick<TurnView, "stagesMs" | "waitMs">): StageBar[] {
  const stages = turn.stagesMs;
  const others = Object.keys(stages).filter((name) => !ORDER.includes(name) && !name.startsWith(TOOL));
  const untilSent = total(stages, ORDER) - (stages.finish ?? 0);
  const gapMs = turn.waitMs === null ? 0 : turn.waitMs - untilSent;
  const bars: StageBar[] = [];
  let at = 0;
  const push = (name: string, ms: number) => {
    bars.push({ name, startMs: at, ms, within: false, beforeAnswer: BEFORE_ANSWER.has(name) });
    if (name === "respond") bars.push(...toolBars(stages, at, ms));
    at += ms;
  };
  for (const name of [...ORDER, ...others]) {
    if (name === "finish" && gapMs >= GAP_SHOWN_MS) push("gap", gapMs);
    const ms = stages[name];
    if (ms !== undefined) push(name, ms);
  }
  return bars;
}

/** The four latency targets measured on one turn; nothing is measured without a turn. */
export function measure(
  turn: Pick<TurnView, "stagesMs" | "ackMs" | "waitMs"> | null,
  targets: LatencyTargets,
): Measured[] {
  const { classify, respond } = turn?.stagesMs ?? {};
  return [
    { name: "webhook", ms: turn?.ackMs ?? null, targetMs: targets.webhookMs },
    { name: "intent", ms: classify ?? null, targetMs: targets.intentMs },
    { name: "reply", ms: respond ?? null, targetMs: targets.replyMs },
    { name: "wait", ms: turn?.waitMs ?? null, targetMs: targets.waitMs },
  ];
}
