import { OTHER } from "../../lib/intents/likeness/likeness.ts";
import { INTENTS } from "../../lib/intents/table.ts";

const decided: ReadonlySet<string> = new Set(
  INTENTS.filter(({ byLikeness }) => byLikeness !== "never").map(({ name }) => name),
);

/** The classifier's label of a topic: what it never decides is one label. */
export const labelOf = (topic: string): string => (decided.has(topic) ? topic : OTHER);
