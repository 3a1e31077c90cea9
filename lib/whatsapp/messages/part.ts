import type { FreeFormMessage } from "../../types/outbound.ts";

/** Part of a Graph API body: `type` and the object of that name. */
export type GraphPart = { type: string } & Record<string, unknown>;

/** The free-form message of one kind. */
export type FreeForm<Kind extends FreeFormMessage["kind"]> = Extract<FreeFormMessage, { kind: Kind }>;
