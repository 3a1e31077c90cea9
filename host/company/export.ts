import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Company, Passage } from "../../lib/types/company.ts";
import { intentText } from "./intent-file.ts";

/**
 * Writes a company as the folder that `readCompanyFolder` reads: `profile.json`, and a file for each intent with own words, tool and passage. Throws unless the folder is new or empty, so that no file of an older version stays among them.
 */
export async function writeCompanyFolder(
  folder: string,
  { profile, intents, tools, knowledge }: Required<Company>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: name a new folder`);
  await writeFile(join(folder, "profile.json"), json(profile));
  if (Object.keys(intents).length > 0) await mkdir(join(folder, "intents"));
  for (const [name, own] of Object.entries(intents))
    await writeFile(join(folder, "intents", `${name}.md`), intentText(own));
  if (tools.length > 0) await mkdir(join(folder, "tools"));
  for (const tool of tools) await writeFile(join(folder, "tools", `${tool.name}.json`), json(tool));
  for (const language of new Set(knowledge.map((passage) => passage.language)))
    await mkdir(join(folder, "knowledge", language), { recursive: true });
  for (const passage of knowledge)
    await writeFile(join(folder, "knowledge", passage.language, `${passage.slug}.md`), markdown(passage));
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function markdown({ title, body, keywords }: Passage): string {
  // A line each, as they are read again.
  const front = keywords === "" ? "" : `---\nkeywords: ${inOneLine(keywords)}\n---\n`;
  return `${front}# ${inOneLine(title)}\n\n${body}\n`;
}

const inOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
