import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { checkCompany } from "../../lib/company/check.ts";
import { passageSchema, profileSchema } from "../../lib/company/schema.ts";
import type { Company, CompanyProfile, Language, Passage } from "../../lib/types/company.ts";
import { type Locate, readIntents } from "./intents.ts";
import { readTools } from "./tools.ts";

const LANGUAGES: readonly Language[] = ["es", "en", "pt"];
const FRONT_MATTER = /^---\n(?<lines>[\s\S]*?)\n---\n/;
const HEADING = /^\s*# +(?<title>\S.*)\n(?<body>[\s\S]*)$/;

/** Lists every problem of a company folder with its file and field. */
class CompanyFolderError extends Error {
  constructor(folder: string, problems: readonly string[]) {
    super(
      `The company in ${folder} cannot be used:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
    );
    this.name = "CompanyFolderError";
  }
}

/**
 * Reads `profile.json`, `intents/`, `intents.json` and `tools/` if there are any, and `knowledge/{es,en,pt}/<slug>.md`. Throws CompanyFolderError.
 */
export async function readCompanyFolder(folder: string): Promise<Required<Company>> {
  const problems: string[] = [];
  const profile = await readProfile(folder, problems);
  const { intents, locate } = await readIntents(folder, problems);
  const tools = await readTools(folder, problems);
  const knowledge: Passage[] = [];
  for (const language of LANGUAGES) {
    for (const name of await markdownFiles(join(folder, "knowledge", language))) {
      const file = `knowledge/${language}/${name}`;
      const passage = readPassage(await readFile(join(folder, file), "utf8"), file, problems);
      if (passage) knowledge.push({ slug: name.slice(0, -".md".length), language, ...passage });
    }
  }
  if (knowledge.length === 0 && problems.length === 0)
    problems.push("knowledge/: holds no passage; add at least one knowledge/<es|en|pt>/<topic>.md");
  if (profile === null || problems.length > 0) throw new CompanyFolderError(folder, problems);
  return wholeCompany({ profile, intents, tools, knowledge }, folder, locate);
}

/** What only the whole can tell: names of intents, phrases of two of them, the length of prompts. */
function wholeCompany(company: Required<Company>, folder: string, locate: Locate): Required<Company> {
  const checked = checkCompany(company);
  if ("company" in checked) return checked.company;
  const problems = checked.problems.map(
    ({ item, field, message }) => `${locate(item, field) ?? item}${field && ` "${field}"`} ${message}`,
  );
  throw new CompanyFolderError(folder, problems);
}

async function readProfile(folder: string, problems: string[]): Promise<CompanyProfile | null> {
  const text = await readFile(join(folder, "profile.json"), "utf8").catch(() => null);
  if (text === null) {
    problems.push("profile.json: cannot be read; copy demo/profile.json and change it");
    return null;
  }
  try {
    return checked(profileSchema, JSON.parse(text), "profile.json", problems);
  } catch {
    problems.push("profile.json: is not JSON");
    return null;
  }
}

function readPassage(
  text: string,
  file: string,
  problems: string[],
): Omit<Passage, "slug" | "language"> | null {
  const unix = text.replaceAll("\r\n", "\n").replace(/^\uFEFF/, "");
  const front = FRONT_MATTER.exec(unix);
  const heading = HEADING.exec(unix.slice(front?.[0].length ?? 0));
  if (heading?.groups === undefined) {
    problems.push(`${file}: must begin with "# " and the question or topic as its title`);
    return null;
  }
  const keywords = /^keywords:(.*)$/m.exec(front?.groups?.lines ?? "")?.[1]?.trim() ?? "";
  return checked(passageSchema, { ...heading.groups, keywords }, file, problems);
}

function checked<T>(schema: z.ZodType<T>, value: unknown, file: string, problems: string[]): T | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    problems.push(`${file}: ${path.length > 0 ? `"${path.join(".")}" ` : ""}${message}`);
  return null;
}

async function markdownFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(".md")).sort();
}
