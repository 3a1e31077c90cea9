/** Checks what a company wants to say before it can be saved or tried. */
import type { ZodType } from "zod";
import type { ContentProblem } from "../../contracts/console/versions.ts";
import { withOwn } from "../intents/own.ts";
import { classifierPrompt, replyPrompt } from "../intents/prompts.ts";
import type { Company, CompanyProfile, OwnIntents, Passage } from "../types/company.ts";
import { passageKey } from "./changes.ts";
import { checkedIntents } from "./intents.ts";
import {
  MOST_PASSAGE_CHARACTERS,
  MOST_PASSAGES,
  passageSchema,
  profileSchema,
  slugSchema,
} from "./schema.ts";
import { checkedTools, hoursProblems } from "./tools.ts";

/** Longest prompts, in characters: each call pays for them, and their reader loses sight of what stands in the middle. */
export const MOST_PROMPT = { reply: 6_000, classifier: 9_000 } as const;

type Whole = Required<Company>;

/** The company as it is stored, clean; or every problem by item and field. */
export function checkCompany(company: Whole): { company: Whole } | { problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const note = (item: string) => (field: string, message: string) => problems.push({ item, field, message });
  const profile = checkedProfile(company.profile, problems);
  const tools = checkedTools(company.tools, problems);
  // A tool with a problem of its own is there all the same.
  const intents = checkedIntents(company.intents, company.tools, problems);
  const knowledge = company.knowledge.flatMap((passage) => checkedPassage(passage, problems));
  const characters = knowledge.reduce(
    (sum, { title, body, keywords }) => sum + (title + body + keywords).length,
    0,
  );
  if (company.knowledge.length > MOST_PASSAGES)
    note("passages")("", `has more than ${MOST_PASSAGES} passages`);
  if (characters > MOST_PASSAGE_CHARACTERS)
    note("passages")("", `has more than ${MOST_PASSAGE_CHARACTERS} characters in all`);
  if (profile) problems.push(...hoursProblems(tools, profile));
  if (profile && problems.length === 0) problems.push(...promptProblems(profile, intents));
  return profile === null || problems.length > 0
    ? { problems }
    : { company: { profile, intents, tools, knowledge } };
}

/** One problem a field: the field is the item. */
function checkedProfile(given: CompanyProfile, problems: ContentProblem[]): CompanyProfile | null {
  const result = profileSchema.safeParse(given);
  if (result.success) return result.data;
  for (const { path, message, code, ...more } of result.error.issues) {
    const unknown = code === "unrecognized_keys" && "keys" in more ? (more.keys as string[]) : [];
    const [first = unknown[0] ?? "", ...rest] = path;
    problems.push({ item: `profile.${String(first)}`, field: rest.join("."), message });
  }
  return null;
}

function checkedPassage(passage: Passage, problems: ContentProblem[]): Passage[] {
  const item = `passages.${passageKey(passage)}`;
  const { slug, language } = passage;
  const named = slugSchema.safeParse(slug);
  if (!named.success) problems.push({ item, field: "slug", message: named.error.issues[0]?.message ?? "" });
  if (!["es", "en", "pt"].includes(language))
    problems.push({ item, field: "language", message: "is not es, en or pt" });
  const words = checkedBy(passageSchema, passage, item, problems);
  return words ? [{ slug, language, ...words }] : [];
}

function promptProblems(profile: CompanyProfile, own: OwnIntents): ContentProblem[] {
  const context = {
    profile,
    language: "es",
    nowLocal: "Wednesday 2026-09-30 23:59; open now until 23:59",
    marks: true,
  } as const;
  const problems: ContentProblem[] = withOwn(own).flatMap((intent) => {
    const ownPrompt = own[intent.name]?.prompt;
    const { length } = replyPrompt(intent, { ...context, ownPrompt });
    if (length <= MOST_PROMPT.reply) return [];
    const message = `makes the whole prompt ${length} characters long; ${MOST_PROMPT.reply} are the most`;
    return { item: `intents.${intent.name}`, field: "prompt", message };
  });
  const { length } = classifierPrompt(profile, withOwn(own));
  if (length > MOST_PROMPT.classifier)
    problems.push({
      item: "intents",
      field: "examples",
      message: `the classifier's prompt would be ${length} characters long; ${MOST_PROMPT.classifier} are the most: shorten the first three examples of each language`,
    });
  return problems;
}

function checkedBy<T>(
  schema: ZodType<T>,
  value: unknown,
  item: string,
  problems: ContentProblem[],
): T | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    problems.push({ item, field: path.join("."), message });
  return null;
}
