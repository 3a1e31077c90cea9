import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Folders whose TypeScript the laws are about. */
const FOLDERS = [
  "api",
  "lib",
  "tools",
  "db",
  "host",
  "fakes",
  "scripts",
  "bench",
  "chaos",
  "tests",
  "web",
  "contracts",
];

/** Every TypeScript file of the given folders: path from the project's root, with forward slashes, and text. */
export function sources(folders: readonly string[] = FOLDERS): { file: string; text: string }[] {
  return folders.flatMap((folder) => {
    if (!statSync(join(ROOT, folder), { throwIfNoEntry: false })) return [];
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/(^|[\\/])node_modules[\\/]/.test(path))
      .map((path) => ({
        file: join(folder, path).split(sep).join("/"),
        text: readFileSync(join(ROOT, folder, path), "utf8"),
      }));
  });
}
