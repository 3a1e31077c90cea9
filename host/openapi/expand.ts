import { fieldsOf } from "../../lib/json/lenient.ts";
import type { ToolProblem } from "../../lib/tools/check/input-schema.ts";
import type { OpenApiFile } from "./file.ts";
import { type MadeTool, type Operation, toolOf } from "./operation.ts";

type Fields = Readonly<Record<string, unknown>>;

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The tools of a file, one for each allowed operation, by its id; what is wrong stands in `problems`. */
export interface Expanded {
  made: MadeTool[];
  problems: ToolProblem[];
}

/** Makes tools of the operations of a document that a file allows. */
export async function expandOpenApi(file: OpenApiFile, given: unknown): Promise<Expanded> {
  const document = await resolved(given);
  if (typeof document === "string") return { made: [], problems: [{ field: "openapi", message: document }] };
  const operations = operationsOf(document);
  const base = file.base ?? serverOf(document);
  if (base === null)
    return {
      made: [],
      problems: [{ field: "openapi", message: 'names no absolute server: write its address as "base"' }],
    };
  const problems = [...new Set(Object.keys(file.operations))]
    .filter((id) => !operations.has(id))
    .map((id) => ({
      field: `operations.${id}`,
      message: `is no operation of the document: ${listOf([...operations.keys()])}`,
    }));
  const made = Object.entries(file.operations).flatMap(([id, wanted]) => {
    const operation = operations.get(id);
    if (!operation) return [];
    problems.push(...securityProblems(operation, document, file));
    return [toolOf(operation, wanted, file, base)];
  });
  return { made, problems };
}

const listOf = (ids: readonly string[]): string =>
  ids.length > 20 ? `${ids.slice(0, 20).join(", ")} and ${ids.length - 20} more` : ids.join(", ");

/** The document with its references in place; or why it cannot be used. */
export async function resolved(given: unknown): Promise<Fields | string> {
  const { openapi } = fieldsOf(given);
  if (typeof openapi !== "string" || !/^3\.[01]\./.test(openapi))
    return `is no document of OpenAPI 3.0 or 3.1${fieldsOf(given).swagger ? ": convert it from Swagger 2.0 first" : ""}`;
  const { dereference } = await import("@readme/openapi-parser");
  try {
    // It writes into what it is given. Nothing outside of the document is read.
    return (await dereference(structuredClone(given) as never, {
      dereference: { circular: "ignore" },
      resolve: { external: false, file: false },
      timeoutMs: 10_000,
    })) as unknown as Fields;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message.split("\n")[0]?.slice(0, 200) : "it is broken"}`;
  }
}

/** Operations that have an id, by it. */
export function operationsOf(document: Fields): Map<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, item] of Object.entries(fieldsOf(document.paths))) {
    for (const method of METHODS) {
      const own = fieldsOf(fieldsOf(item)[method]);
      if (typeof own.operationId !== "string") continue;
      const parameters = new Map(
        [fieldsOf(item).parameters, own.parameters]
          .flatMap((list) => (Array.isArray(list) ? list : []))
          .map((one) => [`${fieldsOf(one).in} ${fieldsOf(one).name}`, fieldsOf(one)]),
      );
      found.set(own.operationId, {
        id: own.operationId,
        method,
        path,
        parameters: [...parameters.values()],
        own,
      });
    }
  }
  return found;
}

function serverOf({ servers }: Fields): string | null {
  const { url, variables } = fieldsOf(Array.isArray(servers) ? servers[0] : null);
  if (typeof url !== "string") return null;
  const filled = url.replace(/\{([^{}]{1,60})\}/g, (_, name) =>
    String(fieldsOf(fieldsOf(variables)[name]).default ?? ""),
  );
  return URL.canParse(filled) ? filled : null;
}

/** An operation that wants a key gets it by a header of the file. */
function securityProblems(
  operation: Operation,
  document: Fields,
  { headers = {} }: OpenApiFile,
): ToolProblem[] {
  const ways = waysIn(operation, document);
  if (ways.length === 0) return [];
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  if (ways.some((names) => names.every((name) => name !== null && given.has(name.toLowerCase())))) return [];
  const [header] = ways.flat().filter((name) => name !== null);
  const message = header
    ? `needs a key: write "headers": { "${header}": "\${env:TOOL_…}" }`
    : "needs a key in a way that is not supported: only headers are";
  return [{ field: `operations.${operation.id}`, message }];
}

/** The headers of each way into an operation, null for what is none; empty when it needs no key. */
function waysIn({ own }: Operation, document: Fields): (string | null)[][] {
  const wanted = own.security ?? document.security;
  const ways = Array.isArray(wanted) ? wanted.map((way) => Object.keys(fieldsOf(way))) : [];
  if (ways.some((names) => names.length === 0)) return [];
  const schemes = fieldsOf(fieldsOf(document.components).securitySchemes);
  return ways.map((names) => names.map((name) => headerOf(fieldsOf(schemes[name]))));
}

/** Headers that carry an operation's key, in the first way that is supported. */
export const keyHeaders = (operation: Operation, document: Fields): string[] => {
  const ways = waysIn(operation, document);
  return ways.find((names): names is string[] => !names.includes(null)) ?? [];
};

function headerOf({ type, in: place, name }: Fields): string | null {
  if (type === "apiKey") return place === "header" ? String(name) : null;
  return type === "http" || type === "oauth2" || type === "openIdConnect" ? "authorization" : null;
}
