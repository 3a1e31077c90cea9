import type { SimTargets } from "../../web/src/api.ts";

/** Latency targets of docs/performance.md, in milliseconds. */
export const TARGETS: SimTargets = { webhookMs: 100, intentMs: 500, replyMs: 2_000, waitMs: 3_000 };
