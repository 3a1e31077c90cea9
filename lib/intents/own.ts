import type { OwnIntents, Tenant } from "../types/company.ts";
import type { Intent } from "./intent.ts";
import { INTENTS, type IntentName } from "./table.ts";

/** A row of the table, with a company's own examples where it has some. */
export type IntentRow = Intent & { readonly name: IntentName };

/** Companies whose rows are kept in memory. */
const MOST_KEPT = 100;
const kept = new Map<string, { version: number; rows: readonly IntentRow[] }>();

/** The table with the company's own examples; the same rows for the same version, so that what is made of them can be kept. */
export function intentsOf({
  id,
  version,
  intents,
}: Pick<Tenant, "id" | "version" | "intents">): readonly IntentRow[] {
  if (!intents || Object.keys(intents).length === 0) return INTENTS;
  // A draft has no number: each trial of it may be another.
  if (version == null) return withOwn(intents);
  const known = kept.get(id);
  if (known?.version === version) return known.rows;
  const rows = withOwn(intents);
  kept.delete(id);
  kept.set(id, { version, rows });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return rows;
}

/** The table with these own examples in place of the shipped ones of their languages. */
export const withOwn = (own: OwnIntents): readonly IntentRow[] =>
  INTENTS.map((row) => ({ ...row, examples: { ...row.examples, ...own[row.name]?.examples } }));

/** Words in quotes: an own prompt's that customers may get as they are. */
const QUOTED = /"([^"\n]+)"|“([^”\n]+)”|«([^»\n]+)»/g;

/** What a company's own prompts want said word for word. */
export const quotedIn = (own: OwnIntents = {}): string[] =>
  Object.values(own).flatMap(({ prompt = "" }) =>
    [...prompt.matchAll(QUOTED)].map(([, plain, curly, angled]) => plain ?? curly ?? angled ?? ""),
  );
