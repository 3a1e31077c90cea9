import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ownIntentSchema } from "../../lib/company/schema.ts";
import type { OwnIntent, OwnIntents } from "../../lib/types/company.ts";
import { DocumentError, type Located, readDocument } from "../openapi/document.ts";
import { intentIn } from "./intent-file.ts";

/** Where an item of the company stands, as `file:line`; null for an item that is no intent of a file. */
export type Locate = (item: string, field: string) => string | null;

type Place = (field: string) => string;

/** Reads `intents/<name>.md` and the older `intents.json`. `problems` name file, line and field. */
export async function readIntents(
  folder: string,
  problems: string[],
): Promise<{ intents: OwnIntents; locate: Locate }> {
  const intents: Record<string, OwnIntent> = {};
  const places = new Map<string, Place>();
  const take = (name: string, value: unknown, place: Place) => {
    if (places.has(name))
      problems.push(`${place("")} says what intents/${name}.md says too: keep one of them`);
    places.set(name, place);
    const result = ownIntentSchema.safeParse(value);
    if (result.success) intents[name] = result.data;
    else
      for (const { path, message } of result.error.issues)
        problems.push(`${place(path.join("."))} ${path.length > 0 ? `"${path.join(".")}" ` : ""}${message}`);
  };
  for (const name of await intentFiles(folder, problems))
    await reading(`intents/${name}.md`, problems, async (file) => {
      const found = intentIn(await text(folder, file), (line, message) =>
        problems.push(`${file}:${line} ${message}`),
      );
      take(name, found.value, (field) => `${file}:${found.lineOf(field.split("."))}`);
    });
  await reading("intents.json", problems, async (file) => {
    const all = await older(folder);
    for (const [name, value] of Object.entries(all?.value ?? {}))
      take(name, value, (field) => `${file}:${all?.lineOf([name, ...field.split(".")]) ?? 1}`);
  });
  return { intents, locate: (item, field) => places.get(item.replace(/^intents\./, ""))?.(field) ?? null };
}

/** Reads one file; what it is not goes to `problems`. */
async function reading(
  file: string,
  problems: string[],
  read: (file: string) => Promise<void>,
): Promise<void> {
  try {
    await read(file);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    problems.push(`${file}:${error.line} ${error.message}`);
  }
}

const text = async (folder: string, file: string): Promise<string> =>
  (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").replace(/^\uFEFF/, "");

async function older(folder: string): Promise<Located | null> {
  const found = await readFile(join(folder, "intents.json"), "utf8").catch(() => null);
  if (found === null) return null;
  const document = readDocument(found, "json");
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new DocumentError(1, 'is not an object of intents, e.g. { "greeting": { "prompt": "…" } }');
  return document;
}

async function intentFiles(folder: string, problems: string[]): Promise<string[]> {
  const names = (await readdir(join(folder, "intents")).catch(() => [])).sort();
  for (const name of names.filter((each) => !each.endsWith(".md")))
    problems.push(`intents/${name}: is no intent: its name must be that of the intent and end in .md`);
  return names.filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -".md".length));
}
