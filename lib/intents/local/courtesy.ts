import { INTENTS } from "../table.ts";

const courtesies: ReadonlySet<string> = new Set(
  INTENTS.filter(({ byWords }) => byWords === "courtesy" || byWords === "reaction").map(({ name }) => name),
);

/** True for an intent that gives way to a request beside it: a greeting, thanks. */
export const isCourtesy = (label: string): boolean => courtesies.has(label);
