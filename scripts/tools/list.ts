import { oneLine } from "../../host/machine/terminal.ts";
import { namedBy } from "../../lib/tools/behalf/variables.ts";
import type { DeclaredTool, SealedSecrets } from "../../lib/types/tools/declared.ts";
import { toolVariable } from "./environment.ts";
import type { ToolCompany } from "./source.ts";

/** Each tool on a line: its name, where it calls, and what is missing; of a folder, which secrets it needs. */
export async function list({
  tools,
  isStored,
  owner,
}: Pick<ToolCompany, "tools" | "isStored" | "owner">): Promise<string> {
  if (tools.length === 0) return "There are no tools: see docs/tools.md.";
  const width = Math.max(...tools.map(({ name }) => name.length));
  const known = isStored ? ((await owner()).secrets ?? {}) : null;
  return tools.map((tool) => `${tool.name.padEnd(width)}  ${oneLine(aboutTool(tool, known))}`).join("\n");
}

function aboutTool(tool: DeclaredTool, known: SealedSecrets | null): string {
  const { via, effect } = tool;
  const where = whereOf(via);
  const missing = [
    ...missingVariables(tool),
    ...(known ? missingSecrets(tool, known).map((name) => `secret:${name}`) : []),
  ];
  const needed = known ? [] : namedBy(tool).secrets;
  return [
    where,
    effect ? "(effect: the customer confirms)" : "(reads)",
    ...(missing.length > 0 ? [`· not set: ${missing.join(", ")}`] : []),
    ...(needed.length > 0 ? [`· secrets: ${needed.join(", ")}`] : []),
  ].join(" ");
}

function whereOf(via: DeclaredTool["via"]): string {
  if (via.kind === "http") return `${via.method} ${via.url}`;
  if (via.kind === "mcp") return `MCP ${via.url} ${via.tool}`;
  return `${via.kind === "ical" ? "calendar" : "order system"} ${via.url}`;
}

/** Secrets that a tool names and that its company does not have. */
export const missingSecrets = (tool: DeclaredTool, known: SealedSecrets): string[] =>
  namedBy(tool).secrets.filter((name) => !Object.hasOwn(known, name));

/** Variables that a tool names and that are not set. */
export function missingVariables(tool: DeclaredTool): string[] {
  const { via } = tool;
  const named = namedBy(tool).variables;
  const signing = via.kind === "ical" || via.context !== undefined ? [] : ["COMPANY_API_SECRET"];
  const isSet = (name: string) =>
    Boolean(
      name === "COMPANY_API_SECRET" ? process.env.COMPANY_API_SECRET?.trim() : toolVariable(name)?.trim(),
    );
  return [...new Set([...named, ...signing])].filter((name) => !isSet(name));
}
