import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makePrivate, makePrivateFolder } from "./private-folder.ts";

const secretsSchema = z.record(z.string(), z.string().min(16));

/**
 * Random secrets by name, created when first needed. With a folder they are stored in its `secrets.json`, readable only by
 * its owner, so that signatures from before a restart stay valid.
 */
export async function keptSecrets(
  directory: string | null,
  names: readonly string[],
): Promise<Map<string, string>> {
  const file = directory === null ? null : join(directory, "secrets.json");
  if (file !== null) await makePrivate(file);
  const kept = file === null ? {} : await readSecrets(file);
  const missing = names.filter((name) => kept[name] === undefined);
  for (const name of missing) kept[name] = randomBytes(24).toString("hex");
  if (file !== null && directory !== null && missing.length > 0) {
    await makePrivateFolder(directory);
    await writeFile(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return new Map(Object.entries(kept));
}

async function readSecrets(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged. Delete it; the next start creates new secrets.`);
  }
}
