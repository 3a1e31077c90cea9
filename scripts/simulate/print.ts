import { TARGETS } from "../../fakes/simulator/targets.ts";
import type { Conversation } from "./client.ts";

const ROW_WIDTH = 22;

/** Stages in the order of a turn; tools run within `respond`. */
const STAGES = [
  "verify",
  "parse",
  "admit",
  "receive",
  "claim",
  "classify",
  "respond",
  "tool:",
  "draft",
  "send",
  "finish",
];

/** The reply, its intent and model, and the stage times against the targets. */
export function describe({ turn, replies, ackMs, modelIsOffline }: Conversation): string {
  if (!turn)
    return "An operator has this conversation, so the bot is silent. Hand it back on the simulator page.";
  const text = replies.map((reply) => reply.text ?? `[${reply.type}]`).join("\n\n");
  const certainty = turn.confidence === null ? "" : ` (${Math.round(turn.confidence * 100)} %)`;
  const tools = turn.toolCalls.map((call) => `${call.name}${call.failed ? " (failed)" : ""}`).join(", ");
  return [
    text || "(no reply)",
    "",
    `intent   ${turn.intent ?? "none"}${certainty}`,
    `answered ${turn.rung}${tools ? `, with ${tools}` : ""}`,
    `model    ${turn.replyModel ?? "none"}${modelIsOffline ? " (offline stand-in; set OPENAI_API_KEY)" : ""}`,
    `cost     ${turn.inputTokens}${turn.cachedTokens > 0 ? ` (${turn.cachedTokens} cached)` : ""} + ${turn.outputTokens} tokens, ${turn.costUsd === null ? "no price" : `$${turn.costUsd.toFixed(6)}`}`,
    "",
    ...Object.entries(turn.stagesMs)
      .sort(([left], [right]) => place(left) - place(right))
      .map(([stage, ms]) => row(`  ${stage}`, ms)),
    row("webhook answered", turn.ackMs ?? ackMs, TARGETS.webhookMs),
    row("intent", turn.stagesMs.classify, TARGETS.intentMs),
    row("reply", turn.stagesMs.respond, TARGETS.replyMs),
    row("whole wait", turn.waitMs ?? undefined, TARGETS.waitMs),
    ...(turn.traceId ? ["", `trace    ${turn.traceId}`] : []),
  ].join("\n");
}

function place(stage: string): number {
  const index = STAGES.findIndex((known) => stage.startsWith(known));
  return index < 0 ? STAGES.length : index;
}

function row(name: string, ms: number | undefined, targetMs?: number): string {
  const time = ms === undefined ? "–" : ms.toFixed(1);
  const line = `${name.padEnd(ROW_WIDTH)}${time.padStart(9)} ms`;
  if (targetMs === undefined || ms === undefined) return line;
  return `${line}   ${ms <= targetMs ? "✓" : "✗ over"} target ${targetMs} ms`;
}
