import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** The text of a file, by its path from the project's root. */
export const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** Tells if a path from the project's root exists. */
export const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** The files of a folder and its subfolders whose names match. */
export function filesOf(folder: string, name: RegExp): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => name.test(entry))
    .map((entry) => `${folder}/${entry.replaceAll("\\", "/")}`);
}

/** The first groups of all matches, sorted, each once. */
export function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}
