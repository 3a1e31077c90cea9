import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DocumentError, readDocument } from "./document.ts";
import { type Expanded, expandOpenApi, keyHeaders, operationsOf, resolved } from "./expand.ts";
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

/** What an operation of a document is, for somebody who chooses. */
export interface DescribedOperation {
  id: string;
  line: string;
  /** True unless its method is GET. */
  changes: boolean;
  /** Headers that carry its key. */
  headers: readonly string[];
}

/** The operations of an OpenAPI document that have an id. Throws an error that says why it cannot be read. */
export async function describeOperations(path: string): Promise<DescribedOperation[]> {
  const document = await resolved(await readOpenApi(path));
  if (typeof document === "string") throw new Error(`${path} ${document}`);
  return [...operationsOf(document).values()].map((operation) => ({
    id: operation.id,
    line: `${operation.method.toUpperCase()} ${operation.path} ${String(operation.own.summary ?? "").slice(0, 100)}`.trim(),
    changes: operation.method !== "get",
    headers: keyHeaders(operation, document),
  }));
}
