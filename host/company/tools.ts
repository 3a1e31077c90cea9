import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContentProblem } from "../../contracts/console/versions.ts";
import { checkedTools } from "../../lib/company/tools.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { DocumentError, type Located, readDocument } from "../openapi/document.ts";
import { toolsOfDocument } from "../openapi/read.ts";

/** A file of `tools/`, as data. */
interface ToolFile extends Located {
  /** From the company's folder, e.g. `tools/free_slots.json`. */
  file: string;
  /** Its name without its ending. */
  stem: string;
}

/** A system's OpenAPI document: another file says which of its operations are tools. */
const DOCUMENT = /\.openapi\.(json|ya?ml)$/;

/** Reads `tools/*.json` and `tools/*.yaml`: a tool each, or what makes several. `problems` name file, line and field. */
export async function readTools(folder: string, problems: string[]): Promise<DeclaredTool[]> {
  const files = await toolFiles(folder, problems);
  const declared: DeclaredTool[] = [];
  const origins = new Map<string, ToolFile>();
  for (const file of files) {
    for (const tool of await toolsIn(file, join(folder, "tools"), problems)) {
      declared.push(tool);
      origins.set(tool.name, file);
    }
  }
  const found: ContentProblem[] = [];
  const tools = checkedTools(declared, found);
  problems.push(...found.map((problem) => located(problem, origins)));
  return tools;
}

/** The tools that a file declares; one that names an OpenAPI document makes several. */
async function toolsIn(
  { value, stem, file, lineOf }: ToolFile,
  folder: string,
  problems: string[],
): Promise<DeclaredTool[]> {
  const tool = typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value };
  // A name of its own only helps where one file makes several tools.
  if (!("openapi" in tool)) return [{ name: stem, ...tool } as DeclaredTool];
  const { made, problems: found } = await toolsOfDocument(tool, folder);
  const all = [...found, ...made.flatMap((one) => one.problems)];
  problems.push(
    ...all.map(
      ({ field, message }) => `${file}:${lineOf(field.split("."))} ${field && `"${field}" `}${message}`,
    ),
  );
  return made.map((one) => one.tool);
}

function located({ item, field, message }: ContentProblem, origins: ReadonlyMap<string, ToolFile>): string {
  const file = origins.get(item.slice("tools.".length));
  if (!file) return `tools/: ${message}`;
  const line = file.lineOf(field.split("."));
  return `${file.file}:${line} ${field && `"${field}" `}${message}`;
}

async function toolFiles(folder: string, problems: string[]): Promise<ToolFile[]> {
  const names = await readdir(join(folder, "tools")).catch(() => []);
  const files: ToolFile[] = [];
  for (const name of names.sort()) {
    if (DOCUMENT.test(name)) continue;
    const [, stem = "", ending] = /^(.+)\.(json|ya?ml)$/.exec(name) ?? [];
    const file = `tools/${name}`;
    if (ending === undefined) {
      problems.push(`${file}: is no tool: its name must end in .json or .yaml`);
      continue;
    }
    try {
      const text = (await readFile(join(folder, file), "utf8")).replace(/^\uFEFF/, "");
      files.push({ file, stem, ...readDocument(text, ending === "json" ? "json" : "yaml") });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      problems.push(`${file}:${error.line} ${error.message}`);
    }
  }
  return files;
}
