import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DocumentError, readDocument } from "./document.ts";
import { type Expanded, expandOpenApi } from "./expand.ts";
import { openApiFileSchema } from "./file.ts";

/** Tools of the OpenAPI document that a file in `folder` names, and all that is wrong with them. */
export async function toolsOfDocument(given: object, folder: string): Promise<Expanded> {
  const parsed = openApiFileSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
    return { made: [], problems };
  }
  try {
    return await expandOpenApi(parsed.data, await readOpenApi(join(folder, parsed.data.openapi)));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const message = `names a document that cannot be used: line ${error.line} ${error.message}`;
    return { made: [], problems: [{ field: "openapi", message }] };
  }
}

/** An OpenAPI document as data. Throws DocumentError. */
async function readOpenApi(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) throw new DocumentError(1, "is not there");
  return readDocument(text.replace(/^\uFEFF/, ""), path.endsWith(".json") ? "json" : "yaml").value;
}
