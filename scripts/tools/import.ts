import { copyFile, mkdir, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type DescribedOperation, describeOperations } from "../../host/openapi/read.ts";

/** Lists what a document offers; with operations and a folder, writes the files that make tools of them. */
export async function importDocument(
  file: string,
  ids: readonly string[],
  folder: string | null,
): Promise<string> {
  const operations = await describeOperations(file);
  const unknown = ids.filter((id) => !operations.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Error(
      `${unknown.join(", ")}: no such operation. There are ${operations.map(({ id }) => id).join(", ")}.`,
    );
  if (ids.length === 0)
    return `${operations.map(({ id, line }) => `${id}  ${line}`).join("\n")}\n\nName those that are to be tools: npm run tools -- import ${file} <operationId …> --company <folder>`;
  if (folder === null) throw new Error("Name the folder of the company: --company <folder>.");
  return writeFiles(
    file,
    folder,
    operations.filter(({ id }) => ids.includes(id)),
  );
}

/** Copies the document and writes the file that names its operations; what is left to do. */
async function writeFiles(
  file: string,
  folder: string,
  chosen: readonly DescribedOperation[],
): Promise<string> {
  const stem = basename(file)
    .replace(/(\.openapi)?\.(json|ya?ml)$/, "")
    .replace(/[^\w-]+/g, "-");
  const document = `${stem}.openapi${extname(file)}`;
  const target = join(folder, "tools", `${stem}.json`);
  if (await stat(target).catch(() => null)) throw new Error(`${target} is there already: change it by hand.`);
  await mkdir(join(folder, "tools"), { recursive: true });
  await copyFile(file, join(folder, "tools", document)).catch((error) => {
    if (error.code !== "EINVAL") throw error;
  });
  const headers = Object.fromEntries(
    [...new Set(chosen.flatMap(({ headers: names }) => names))].map((name) => [
      name,
      keyTemplate(stem, name),
    ]),
  );
  const content = {
    openapi: document,
    ...(Object.keys(headers).length > 0 && { headers }),
    operations: Object.fromEntries(chosen.map(({ id, changes }) => [id, changes ? EFFECT : {}])),
  };
  await writeFile(target, `${JSON.stringify(content, null, 2)}\n`);
  return [
    `Wrote ${target} and ${document}.`,
    ...chosen
      .filter(({ changes }) => changes)
      .map(
        ({ id }) =>
          `${id} changes something: write its question and answer ("ask", "done"), or { "reads": true } if it only reads.`,
      ),
    ...Object.values(headers).map((value) => `Set ${/TOOL_\w+/.exec(value)?.[0]} in the environment.`),
    `Then: npm run tools -- list --company ${folder}`,
  ].join("\n");
}

const EFFECT = { effect: { ask: { es: "", en: "", pt: "" }, done: { es: "", en: "", pt: "" } } };

const keyTemplate = (stem: string, header: string): string => {
  const name = `TOOL_${stem.toUpperCase().replace(/\W+/g, "_")}_KEY`.slice(0, 64);
  return `${header.toLowerCase() === "authorization" ? "Bearer " : ""}\${env:${name}}`;
};
