import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContentProblem } from "../../contracts/console/versions.ts";
import { checkedTools } from "../../lib/company/tools.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { DocumentError, type Located, readDocument } from "./document.ts";

/** A file of `tools/`, as data. */
interface ToolFile extends Located {
  /** From the company's folder, e.g. `tools/free_slots.json`. */
  file: string;
  /** Its name without its ending. */
  stem: string;
}

/** Reads `tools/*.json` and `tools/*.yaml`: a tool each, or what makes several. `problems` name file, line and field. */
export async function readTools(folder: string, problems: string[]): Promise<DeclaredTool[]> {
  const files = await toolFiles(folder, problems);
  const declared: DeclaredTool[] = [];
  const origins = new Map<string, ToolFile>();
  for (const file of files) {
    for (const tool of toolsIn(file)) {
      declared.push(tool);
      origins.set(tool.name, file);
    }
  }
  const found: ContentProblem[] = [];
  const tools = checkedTools(declared, found);
  problems.push(...found.map((problem) => located(problem, origins)));
  return tools;
}

/** The tools that a file declares; a file that describes a whole system makes several. Nothing is checked. */
function toolsIn({ value, stem }: ToolFile): DeclaredTool[] {
  const tool = typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value };
  // A name of its own only helps where one file makes several tools.
  return [{ name: stem, ...tool } as DeclaredTool];
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
