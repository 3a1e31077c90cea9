import type { Language, OwnIntent, OwnIntents, Tenant } from "../types/company.ts";
import type { Intent } from "./intent.ts";
import { INTENTS, type IntentName, intentNamed } from "./table.ts";

/** A row of a company's table: shipped, with own words where it has some, or the company's own. */
export type IntentRow = Intent;

/** Companies whose rows are kept in memory. */
const MOST_KEPT = 100;
const kept = new Map<string, { version: number; rows: readonly IntentRow[] }>();

type WithIntents = Pick<Tenant, "id" | "version" | "intents">;

/** The company's table; the same rows for the same version, so that what is made of them can be kept. */
export function intentsOf({ id, version, intents }: WithIntents): readonly IntentRow[] {
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

/** The row of that name in the company's table; its `general` for a name that is not there. */
export const intentOf = (tenant: WithIntents, name: IntentName): IntentRow =>
  intentNamed(name, intentsOf(tenant));

/** True for the name of an intent that ships with Chasqui. */
export const isShipped = (name: string): boolean => INTENTS.some((row) => row.name === name);

/** The shipped table with these words in place of its own, without what is off, and with the company's own intents before the last resorts. */
export function withOwn(own: OwnIntents): readonly IntentRow[] {
  const shipped = INTENTS.filter(({ name }) => !own[name]?.off).map((row) =>
    changed(row, own[row.name] ?? {}),
  );
  const added = Object.entries(own).flatMap(([name, words]) =>
    isShipped(name) || words.off ? [] : ownRow(name, words),
  );
  const last = shipped.findIndex(({ name }) => name === "out_of_scope");
  return [...shipped.slice(0, last), ...added, ...shipped.slice(last)];
}

/** True when the classifier that learnt the shipped intents' phrases knows this table: nothing added, taken away or given another sense. */
export const isLearnt = (rows: readonly IntentRow[]): boolean =>
  rows === INTENTS || (rows.length === INTENTS.length && rows.every(hasShippedSense));

const hasShippedSense = ({ name, when }: IntentRow): boolean =>
  INTENTS.some((row) => row.name === name && row.when === when);

function changed(row: IntentRow, { when, examples, tools, tier }: OwnIntent): IntentRow {
  const own = {
    ...row,
    examples: { ...row.examples, ...examples },
    ...(when && { when }),
    ...(tier && { tier }),
  };
  if (!tools) return own;
  const { source, firstTool, ...others } = own;
  return {
    ...others,
    tools,
    ...(source && tools.includes("lookup") && { source }),
    ...(firstTool && tools.includes(firstTool) && { firstTool }),
  };
}

/** Tools of an own intent that names none. */
const USUAL_TOOLS = ["lookup", "offer_choices", "handoff"] as const;

const ownRow = (name: string, { when = "", prompt = "", examples, tools, tier }: OwnIntent): IntentRow => ({
  ...{ name, when, prompt, tools: tools ?? USUAL_TOOLS, tier: tier ?? "standard" },
  examples: { ...NO_EXAMPLES, ...examples },
});

const NO_EXAMPLES: Record<Language, readonly string[]> = { es: [], en: [], pt: [] };

/** Words in quotes: an own prompt's that customers may get as they are. */
const QUOTED = /"([^"\n]+)"|“([^”\n]+)”|«([^»\n]+)»/g;

/** What a company's own prompts want said word for word. */
export const quotedIn = (own: OwnIntents = {}): string[] =>
  Object.values(own).flatMap(({ prompt = "" }) =>
    [...prompt.matchAll(QUOTED)].map(([, plain, curly, angled]) => plain ?? curly ?? angled ?? ""),
  );
