/** A draft's changes: put onto a company, compared with one, and named. */
import type { Changes, ItemDiff, ItemName } from "../../contracts/console/versions.ts";
import type { Company, OwnIntents, Passage } from "../types/company.ts";
import type { DeclaredTool } from "../types/tools/declared.ts";

type Whole = Required<Company>;

/** Key of a passage among changes. */
export const passageKey = ({ language, slug }: Pick<Passage, "language" | "slug">): string =>
  `${language}/${slug}`;

/** The company with these changes. Nothing is checked. */
export function withChanges(
  company: Whole,
  { profile = {}, intents = {}, tools = {}, passages = {} }: Changes,
): Whole {
  const knowledge = new Map(company.knowledge.map((passage) => [passageKey(passage), passage]));
  for (const [key, words] of Object.entries(passages)) {
    const [language = "", slug = ""] = key.split("/", 2);
    if (words === null) knowledge.delete(key);
    else knowledge.set(key, { slug, language: language as Passage["language"], ...words });
  }
  const keys = [...knowledge.keys()].sort();
  return {
    profile: withoutNulls<Whole["profile"]>({ ...company.profile, ...profile }),
    intents: withoutNulls<OwnIntents>({ ...company.intents, ...intents }),
    tools: sorted(Object.values(withoutNulls<ByName>({ ...byName(company.tools), ...tools }))),
    knowledge: keys.flatMap((key) => knowledge.get(key) ?? []),
  };
}

/** What turns `from` into `to`. */
export function changesBetween(from: Whole, to: Whole): Changes {
  const before = new Map(from.knowledge.map((passage) => [passageKey(passage), wordsOf(passage)]));
  const after = new Map(to.knowledge.map((passage) => [passageKey(passage), wordsOf(passage)]));
  return {
    profile: changed({ ...from.profile }, { ...to.profile }),
    intents: changed({ ...from.intents }, { ...to.intents }),
    tools: changed(byName(from.tools), byName(to.tools)),
    passages: changed(Object.fromEntries(before), Object.fromEntries(after)),
  } as Changes;
}

/** Names of what is changed, in a stable order. */
export const itemsOf = (changes: Changes): ItemName[] =>
  SECTIONS.flatMap((section) => Object.keys(changes[section] ?? {}).map((key) => `${section}.${key}`)).sort();

/** Without the changes that leave the company as it is. */
export const effective = (company: Whole, changes: Changes): Changes =>
  changesBetween(company, withChanges(company, changes));

/** What each item says before and after, as text. */
export function diffOf(from: Whole, to: Whole): ItemDiff[] {
  const before = byItem(from);
  const after = byItem(to);
  return itemsOf(changesBetween(from, to)).map((item) => ({
    item,
    before: before.get(item) ?? null,
    after: after.get(item) ?? null,
  }));
}

const SECTIONS = ["profile", "intents", "tools", "passages"] as const;

type ByName = Record<string, DeclaredTool>;

const sorted = (tools: DeclaredTool[]) => tools.sort((one, other) => (one.name < other.name ? -1 : 1));

const byName = (tools: Whole["tools"]): ByName => Object.fromEntries(tools.map((tool) => [tool.name, tool]));

function byItem({ profile, intents, tools, knowledge }: Whole): Map<ItemName, string> {
  return new Map([
    ...Object.entries(profile).map(([name, value]) => [`profile.${name}`, textOf(value)] as const),
    ...Object.entries(intents).map(([name, own]) => [`intents.${name}`, ownText(own)] as const),
    ...tools.map((tool) => [`tools.${tool.name}`, textOf(tool)] as const),
    ...knowledge.map((passage) => [`passages.${passageKey(passage)}`, passageText(passage)] as const),
  ]);
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2);

function ownText({ when, tools, tier, off, prompt, examples = {} }: OwnIntents[string]): string {
  const facts = Object.entries({ when, tools: tools?.join(", "), tier, off });
  const lists = Object.entries(examples).flatMap(([language, phrases = []]) => [
    `${language}:`,
    ...phrases.map((phrase) => `- ${phrase}`),
  ]);
  return [
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    ...(prompt === undefined ? [] : [prompt]),
    ...lists,
  ].join("\n");
}

const passageText = ({ title, body, keywords }: Passage): string =>
  [`# ${title}`, "", body, ...(keywords === "" ? [] : ["", `keywords: ${keywords}`])].join("\n");

const wordsOf = ({ title, body, keywords }: Passage) => ({ title, body, keywords });

/** Values of `to` that differ, and null for what it has not. */
function changed(from: Record<string, unknown>, to: Record<string, unknown>): Record<string, unknown> {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    names
      .filter((name) => !same(from[name], to[name]))
      .map((name) => [name, to[name] === undefined ? null : to[name]]),
  );
}

/** True for values of the same JSON, whatever the order of their keys. */
function same(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return names.length === Object.keys(other).length && names.every((name) => same(left[name], right[name]));
}

const withoutNulls = <T>(values: object): T =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  ) as T;
