import { oneLine } from "../../host/machine/terminal.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { toolVariable } from "./environment.ts";

/** Each tool on a line: its name, where it calls, and which variables are missing. */
export function list(tools: readonly DeclaredTool[]): string {
  if (tools.length === 0) return "There are no tools: see docs/tools.md.";
  const width = Math.max(...tools.map(({ name }) => name.length));
  return tools.map((tool) => `${tool.name.padEnd(width)}  ${oneLine(aboutTool(tool))}`).join("\n");
}

function aboutTool(tool: DeclaredTool): string {
  const { via, effect } = tool;
  const where = whereOf(via);
  const missing = missingVariables(tool);
  return [
    where,
    effect ? "(effect: the customer confirms)" : "(reads)",
    ...(missing.length > 0 ? [`· not set: ${missing.join(", ")}`] : []),
  ].join(" ");
}

function whereOf(via: DeclaredTool["via"]): string {
  if (via.kind === "http") return `${via.method} ${via.url}`;
  return via.kind === "mcp" ? `MCP ${via.url} ${via.tool}` : `calendar ${via.url}`;
}

/** Variables that a tool names and that are not set. */
export function missingVariables({ via }: DeclaredTool): string[] {
  const texts = [via.url, ...Object.values("headers" in via ? (via.headers ?? {}) : {})];
  const named = texts.flatMap((text) =>
    [...text.matchAll(/\$\{env:([^}]{1,80})\}/g)].map(([, name = ""]) => name),
  );
  const signing = via.kind === "ical" || via.context === "none" ? [] : [via.context ?? "COMPANY_API_SECRET"];
  const isSet = (name: string) =>
    Boolean(
      name === "COMPANY_API_SECRET" ? process.env.COMPANY_API_SECRET?.trim() : toolVariable(name)?.trim(),
    );
  return [...new Set([...named, ...signing])].filter((name) => !isSet(name));
}
