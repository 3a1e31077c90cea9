import type { LabelName, MetricName } from "../types/metrics.ts";

interface Metric {
  /** `duration`: milliseconds in logarithmic buckets; `count`: events; `sum`: a quantity added up. */
  kind: "duration" | "count" | "sum";
  labels: readonly LabelName[];
  help: string;
}

const TURN = ["intent", "model", "rung"] as const;

/** All metrics that are rolled up, with their labels. Pages, alerts, exports and docs use these names. */
export const METRICS = {
  webhook: {
    kind: "duration",
    labels: [],
    help: "time until a delivery was answered, stored (the turns that it started)",
  },
  intent: { kind: "duration", labels: TURN, help: "time to classify a turn; model: the one that classified" },
  reply: { kind: "duration", labels: TURN, help: "time to write a turn's reply; model: the one that wrote" },
  wait: {
    kind: "duration",
    labels: TURN,
    help: "from a message's arrival until Meta accepted the first part of its reply",
  },
  stage: { kind: "duration", labels: ["stage"], help: "time of one stage of a turn" },
  tool: { kind: "duration", labels: ["tool", "result"], help: "time of one tool call; result: ok or failed" },
  turns: {
    kind: "count",
    labels: ["intent", "model", "rung", "language", "decided_by", "result", "version"],
    help: "ended turns; result: the turn's state",
  },
  received: { kind: "count", labels: ["type"], help: "customers' messages that want an answer" },
  answered: {
    kind: "count",
    labels: ["result"],
    help: "of these, by their fate: bot, person, dead, none; waiting: there is still time; quiet: of another bot",
  },
  tokens_in: {
    kind: "sum",
    labels: ["intent", "model"],
    help: "tokens that models read; model: the one that read them",
  },
  tokens_out: {
    kind: "sum",
    labels: ["intent", "model"],
    help: "tokens that models wrote; model: the one that wrote them",
  },
  tokens_cached: {
    kind: "sum",
    labels: ["intent", "model"],
    help: "of the tokens that models read, those that their services had cached",
  },
  tokens_discarded: {
    kind: "sum",
    labels: ["intent", "model"],
    help: "of the tokens that models read and wrote, those of answers begun early and not wanted, partly estimated",
  },
  discarded_nano_usd: {
    kind: "sum",
    labels: ["intent", "model"],
    help: "of the model cost, what such answers cost, in billionths of a dollar, where the price is known",
  },
  cost_nano_usd: {
    kind: "sum",
    labels: ["intent", "model", "version"],
    help: "model cost in billionths of a dollar, where the price is known; model: the one that was called",
  },
  unpriced: {
    kind: "count",
    labels: ["intent", "model"],
    help: "turns with a model without a known price, once each; model: the first by name",
  },
  model_turns: {
    kind: "count",
    labels: ["intent", "model", "result"],
    help: "turns in which a model was called, once for each of its models; result: priced or unpriced",
  },
  errors: { kind: "count", labels: ["code"], help: "failures on the way of turns, by code" },
  sent: {
    kind: "count",
    labels: ["author", "result", "code"],
    help: "messages to customers by their last state; code: Meta's, of failures",
  },
  billed: {
    kind: "count",
    labels: ["category", "billed", "country", "type"],
    help: "delivered messages by Meta's pricing; type: further, of a bot reply's messages beyond the first",
  },
  parts: {
    kind: "count",
    labels: ["intent", "type"],
    help: "messages that bot replies were split into; type: first or further",
  },
  conversations: {
    kind: "count",
    labels: ["served_by", "intent", "result", "version"],
    help: "conversations that ended (closed or a day of silence), by who served and whether they ended resolved; version: of the last turn",
  },
  containment: {
    kind: "count",
    labels: ["served_by", "intent", "version", "handoff", "score", "again"],
    help: "the same, by what decides whether they were contained; handoff: yes; score: of the rating; again: hours within which the customer wrote again (48, 72, 168)",
  },
  people: {
    kind: "count",
    labels: ["type"],
    help: "people who wrote, once a day each; type: new or returning",
  },
  handoffs: { kind: "count", labels: ["reason"], help: "handoffs opened" },
  first_response: { kind: "duration", labels: [], help: "from a handoff until an operator took it or wrote" },
  resolution: {
    kind: "duration",
    labels: ["served_by"],
    help: "from a conversation's first message until it ended",
  },
  csat: { kind: "count", labels: ["intent", "served_by", "score", "version"], help: "ratings by score" },
  anomalies: {
    kind: "count",
    labels: ["name"],
    help: "as `npm run dead -- stats` names them; the time is that of the roll-up that saw them",
  },
  health: {
    kind: "duration",
    labels: ["name", "result"],
    help: "checks of a dependency; result: ok or failed",
  },
} as const satisfies Record<MetricName, Metric>;
