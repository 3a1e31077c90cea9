import type { DeclaredTool } from "../../../../../lib/types/tools/declared.ts";

/** A tool as its file says it: the name is the file's. */
export type ToolFile = Omit<DeclaredTool, "name">;

/** Text of a tool's file. Where the input is Chasqui's own, the file says nothing about it. */
export function fileOf({ name: _name, input, ...tool }: DeclaredTool): string {
  const isOurs = tool.takes === "order" || ["ical", "orders"].includes(tool.via?.kind);
  return JSON.stringify(inOrder({ ...tool, ...(!isOurs && { input }) }), null, 2);
}

/** As people write it: the database keeps the keys of JSON in an order of its own. */
const FIRST = ["description", "type", "properties", "input", "kind", "method", "url", "via", "ask", "done"];

const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const place = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const entries = Object.entries(value).toSorted(([one], [other]) => place(one) - place(other));
  return Object.fromEntries(entries.map(([key, part]) => [key, inOrder(part)]));
};

/** What a file's text says; null when it is no JSON object. Whether it is a tool is checked with the whole company. */
export function toolIn(text: string): ToolFile | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ToolFile) : null;
  } catch {
    return null;
  }
}

/** Where a tool calls, as far as its declaration, which may be half written, says so. */
export function whereOf({ via }: DeclaredTool): string {
  const url = typeof via?.url === "string" ? via.url : "";
  return via?.kind === "http" ? `${via.method} ${url}` : url;
}

/** What a new tool begins with. */
export const STARTER: ToolFile = {
  description: "Looks up …",
  input: { type: "object", properties: { day: { type: "string", format: "date" } }, required: ["day"] },
  via: { kind: "http", method: "GET", url: "https://api.example.com/slots", query: { day: "day" } },
};

/** As intents and the model name it. */
export const TOOL_NAME = /^[a-z][a-z0-9_]{0,39}$/;
