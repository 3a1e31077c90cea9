import type { Hono } from "hono";
import type { Entry } from "./diary.ts";
import type { Verified } from "./signed.ts";

export interface SystemOptions {
  /** Signs the context of customers. */
  secret: string;
  now(): number;
}

export type CompanySystem = Hono<Verified>;

const STATUSES = { taken: 409, unknown: 404 } as const;

/** The answer to an act: the entry, or why there is none. */
export const answered = (
  outcome: Entry | keyof typeof STATUSES,
  shown: (entry: Entry) => object,
): Response =>
  typeof outcome === "string"
    ? Response.json({ error: outcome }, { status: STATUSES[outcome] })
    : Response.json(shown(outcome));
