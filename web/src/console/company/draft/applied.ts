import type { Changes, ItemName } from "../../../../../contracts/console/versions.ts";
import type { Company, Language, OwnIntent, Passage } from "../../../../../lib/types/company.ts";

type Whole = Required<Company>;

/** Key of a passage among changes. */
export const passageKey = ({ language, slug }: Pick<Passage, "language" | "slug">): string =>
  `${language}/${slug}`;

/** The company as it will be with a draft's changes. */
export function applied(
  company: Whole,
  { profile = {}, intents = {}, tools = {}, passages = {} }: Changes,
): Whole {
  const knowledge = new Map(company.knowledge.map((passage) => [passageKey(passage), passage]));
  for (const [key, words] of Object.entries(passages)) {
    const [language = "", slug = ""] = key.split("/", 2);
    if (words === null) knowledge.delete(key);
    else knowledge.set(key, { slug, language: language as Language, ...words });
  }
  const own = Object.entries({ ...company.intents, ...intents });
  const declared = Object.fromEntries(company.tools.map((tool) => [tool.name, tool] as const));
  return {
    profile: present({ ...company.profile, ...profile }) as unknown as Whole["profile"],
    intents: Object.fromEntries(own.filter((entry): entry is [string, OwnIntent] => entry[1] !== null)),
    tools: Object.values({ ...declared, ...tools }).filter((tool) => tool !== null),
    knowledge: [...knowledge.values()],
  };
}

/** Names of what a draft changes. */
export const itemsIn = (changes: Changes): ItemName[] =>
  (["profile", "intents", "tools", "passages"] as const).flatMap((section) =>
    Object.keys(changes[section] ?? {}).map((key) => `${section}.${key}`),
  );

/** The changes without one item. */
export function withoutItem(changes: Changes, item: ItemName): Changes {
  const [section = "", key = ""] = splitItem(item);
  const { [key]: _gone, ...others } = (changes[section as keyof Changes] ?? {}) as Record<string, unknown>;
  return { ...changes, [section]: others };
}

/** Section and key of an item's name. */
export function splitItem(item: ItemName): [section: string, key: string] {
  const at = item.indexOf(".");
  return at < 0 ? [item, ""] : [item.slice(0, at), item.slice(at + 1)];
}

const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
