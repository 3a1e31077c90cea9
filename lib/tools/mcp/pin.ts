/** What a person approves of a tool of an MCP server. */
import type { Json } from "../../types/json.ts";

/** A tool as its server lists it. */
export interface ListedTool {
  name: string;
  description?: string | undefined;
  inputSchema: unknown;
}

/** What the pin covers, with fields in a fixed order: all that says what the tool is and takes. */
export const pinnedText = ({ name, description = "", inputSchema }: ListedTool): string =>
  JSON.stringify(ordered({ name, description, inputSchema: inputSchema as Json }), null, 2);

/** SHA-256 (hex) of a tool's name, description and schema. */
export async function pinOf(tool: ListedTool): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pinnedText(tool)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}
