import type { ContentProblem } from "../../contracts/console/versions.ts";
import { isShippedTool, TOOL_NAMES } from "../../tools/registry.ts";
import { phraseKey } from "../intents/by-words.ts";
import { isShipped, withOwn } from "../intents/own.ts";
import { INTENTS } from "../intents/table.ts";
import type { OwnIntent, OwnIntents } from "../types/company.ts";
import type { DeclaredTool } from "../types/tools/declared.ts";
import { intentNameSchema, ownIntentSchema } from "./schema.ts";

/** Most intents of a company's own: the classifier reads all of them for each message. */
const MOST_OWN = 30;
/** What the bot falls back on, and what is promised to every customer. */
const ALWAYS = ["general", "human_handoff", "out_of_scope"];

/** The intents that are valid; the problems of the others go to `problems`. */
export function checkedIntents(
  given: OwnIntents,
  tools: readonly DeclaredTool[],
  problems: ContentProblem[],
): OwnIntents {
  const intents: Record<string, OwnIntent> = {};
  for (const [name, own] of Object.entries(given)) {
    const note = (field: string, message: string) =>
      problems.push({ item: `intents.${name}`, field, message });
    const result = ownIntentSchema.safeParse(own);
    if (!result.success) {
      for (const { path, message } of result.error.issues) note(path.join("."), message);
      continue;
    }
    if (Object.keys(result.data).length > 0) intents[name] = result.data;
    if (isShipped(name)) checkShipped(name, result.data, note);
    else checkOwn(name, result.data, note);
    checkTools(result.data.tools ?? [], tools, note);
  }
  const { length } = Object.keys(given).filter((name) => !isShipped(name));
  if (length > MOST_OWN)
    problems.push({ item: "intents", field: "", message: `has more than ${MOST_OWN} intents of its own` });
  problems.push(...sharedExamples(intents));
  return intents;
}

type Note = (field: string, message: string) => void;

function checkShipped(name: string, { off, tools }: OwnIntent, note: Note): void {
  if (off && ALWAYS.includes(name)) note("off", `cannot be: ${ALWAYS.join(", ")} are always there`);
  if (name === "human_handoff" && tools && !tools.includes("handoff"))
    note("tools", 'has no "handoff", which this intent promises');
}

function checkOwn(name: string, { when, prompt, examples = {}, off }: OwnIntent, note: Note): void {
  const named = intentNameSchema.safeParse(name);
  if (!named.success) note("", named.error.issues[0]?.message ?? "has no name");
  const shipped = INTENTS.map((intent) => intent.name).join(", ");
  if (off) note("off", `takes a shipped intent away, and this is none of them: ${shipped}`);
  const own = `is missing: an intent of the company's own needs when, examples and prompt (shipped ones are ${shipped})`;
  if (when === undefined) note("when", own);
  if (prompt === undefined) note("prompt", own);
  if (Object.keys(examples).length === 0) note("examples", own);
}

function checkTools(names: readonly string[], declared: readonly DeclaredTool[], note: Note): void {
  const known = [...TOOL_NAMES, ...declared.map(({ name }) => name)];
  for (const [at, name] of names.entries())
    if (!isShippedTool(name) && !known.includes(name))
      note(`tools.${at}`, `names no tool: "${name}" is none of ${known.join(", ")}`);
    else if (declared.some((tool) => tool.name === name && tool.takes !== undefined))
      note(`tools.${at}`, `names "${name}", which takes carts without a model: take it out`);
    else if (declared.some((tool) => tool.name === name && tool.via?.kind === "orders"))
      note(`tools.${at}`, `names "${name}", the order system, which lookup reads: write lookup`);
}

/** A phrase of two intents would decide nothing; only what the company itself has written is reported. */
function sharedExamples(own: OwnIntents): ContentProblem[] {
  const owners = new Map<string, string>();
  for (const { name, examples } of withOwn(own))
    for (const phrase of Object.values(examples).flat())
      if (!own[name]?.examples) owners.set(phraseKey(phrase), name);
  return Object.entries(own).flatMap(([name, { examples = {}, off }]) =>
    Object.entries(off ? {} : examples).flatMap(([language, phrases = []]) =>
      phrases.flatMap((phrase, at) => {
        const owner = owners.get(phraseKey(phrase)) ?? name;
        owners.set(phraseKey(phrase), owner);
        if (owner === name) return [];
        return {
          item: `intents.${name}`,
          field: `examples.${language}.${at}`,
          message: `is an example of ${owner} too`,
        };
      }),
    ),
  );
}
