import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneLine } from "../../host/machine/terminal.ts";
import { namedBy } from "../../lib/tools/behalf/variables.ts";
import { cleanInputSchema } from "../../lib/tools/check/input-schema.ts";
import { type ListedTool, pinnedText, pinOf } from "../../lib/tools/mcp/pin.ts";
import { createSessions } from "../../lib/tools/mcp/session.ts";
import type { DeclaredTool, JsonSchema, McpVia } from "../../lib/types/tools/declared.ts";
import { signingHere, systemFetch, valuesHere } from "./environment.ts";
import type { SecretOwner } from "./source.ts";

interface Approval {
  url: string;
  wanted: readonly string[];
  folder: string | null;
  headers: readonly string[];
  yes: boolean;
  /** Asked for only when a header names a secret. */
  owner(): Promise<SecretOwner>;
}

/** Lists a server's tools; of those that are wanted shows what is or was approved; with `yes` writes their files. */
export async function approve({
  url,
  wanted,
  folder,
  headers: given,
  yes,
  owner,
}: Approval): Promise<string> {
  const headers = Object.fromEntries(given.map((line) => line.split(/:\s*/, 2) as [string, string]));
  const via: McpVia = { kind: "mcp", url, tool: "", pin: "", ...(given.length > 0 && { headers }) };
  const tenant = namedBy({ via }).secrets.length > 0 ? await owner() : { id: "approval" };
  const values = await valuesHere()({ via }, tenant);
  const sessions = createSessions({ fetch: systemFetch(), signing: signingHere() });
  const { tools } = await sessions.of(via, { tenantId: tenant.id, values });
  if (wanted.length === 0)
    return [...tools.values()]
      .map(({ listed }) => `${listed.name}  ${oneLine(listed.description ?? "").slice(0, 120)}`)
      .join("\n");
  if (folder === null) throw new Error("Name the folder of the company: --company <folder>.");
  const texts: string[] = [];
  for (const name of wanted) {
    const tool = tools.get(name);
    if (!tool) throw new Error(`${name} is no tool of that server: ${[...tools.keys()].join(", ")}.`);
    texts.push(await approveOne(tool.listed, { ...via, tool: name }, folder, yes));
  }
  return texts.join("\n\n");
}

async function approveOne(listed: ListedTool, via: McpVia, folder: string, yes: boolean): Promise<string> {
  const pin = await pinOf(listed);
  const name = listed.name.replace(/\W+/g, "_").toLowerCase().slice(0, 40);
  const file = join(folder, "tools", `${name}.json`);
  const known = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as DeclaredTool,
    () => null,
  );
  if (known?.via.kind === "mcp" && known.via.pin === pin) return `${name} is approved as it is.`;
  const before =
    known && pinnedText({ name: listed.name, description: known.description, inputSchema: known.input });
  const { schema, problems } = cleanInputSchema(listed.inputSchema as JsonSchema);
  const shown = before === null ? pinnedText(listed) : difference(before, pinnedText(listed));
  const wrong = problems.map(({ field, message }) => `! ${field} ${message}`);
  if (!yes) return [`${name}:`, shown, ...wrong, "Nothing is written: add --yes to approve it."].join("\n");
  const tool = {
    ...known,
    description: (listed.description ?? listed.name).slice(0, 1_000),
    input: schema,
    via: { ...via, pin, ...(known && "headers" in known.via && { headers: known.via.headers }) },
  };
  await mkdir(join(folder, "tools"), { recursive: true });
  await writeFile(file, `${JSON.stringify(tool, null, 2)}\n`);
  return [
    `${name}:`,
    shown,
    ...wrong,
    `Approved: ${file}. One that changes something needs an "effect" in it.`,
  ].join("\n");
}

/** Lines that only one of two texts has, in their places. */
function difference(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].join("\n");
}
