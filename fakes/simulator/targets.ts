import type { LatencyTargets } from "../../contracts/turn.ts";

/** Latency targets of docs/performance.md, in milliseconds. */
export const TARGETS: LatencyTargets = { webhookMs: 100, intentMs: 500, replyMs: 2_000, waitMs: 3_000 };
