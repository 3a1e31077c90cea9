import { createDatabase } from "../../db/client.ts";
import { readCompany } from "../../db/company.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { systemFetch, toolVariable } from "../tools/environment.ts";
import { missingVariables } from "../tools/list.ts";
import { failed, type Outcome, ok, warning } from "./finding.ts";

/** Whether the systems of a number's tools can be called: their variables are set, their addresses allowed, somebody answers. */
export async function checkTools(databaseUrl: string, number: string, signal: AbortSignal): Promise<Outcome> {
  const company = await readCompany(createDatabase(databaseUrl), number);
  const tools = company?.tools ?? [];
  if (tools.length === 0) return ok("the company has none");
  const missing = [...new Set(tools.flatMap(missingVariables))];
  if (missing.length > 0)
    return failed(
      `variables of tools are not set: ${missing.join(", ")}`,
      "set them, or take the tools out (docs/tools.md)",
    );
  const systems = [...new Set(tools.map(systemOf))];
  const answers = await Promise.all(
    systems.map(async (system) => [system, await reached(system, signal)] as const),
  );
  const refused = answers.filter(([, code]) => code === "refused_address_error").map(([system]) => system);
  if (refused.length > 0)
    return failed(
      `tools may not call ${refused.join(", ")}`,
      "add the host to ALLOW_TOOL_HOSTS if it is a system of your own network; others must be public and https",
    );
  const away = answers.filter(([, code]) => code !== null).map(([system, code]) => `${system} (${code})`);
  if (away.length > 0)
    return warning(`no answer from ${away.join(", ")}`, "check the system, or npm run tools -- test");
  return ok(`${tools.length} tools of ${systems.length} ${systems.length === 1 ? "system" : "systems"}`);
}

/** Origin of the system that a tool calls. */
function systemOf({ via }: DeclaredTool): string {
  const url = via.url.replace(/^\$\{env:([^}]*)\}/, (_, name: string) => toolVariable(name)?.trim() ?? "");
  const bare = url.replace(/\{[^}]*\}/g, "x");
  return URL.canParse(bare) ? new URL(bare).origin : bare;
}

/** Any answer will do: what is asked for is the connection. Null, or why there was none. */
async function reached(system: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await systemFetch()(system, { signal });
    await response.body?.cancel();
    return null;
  } catch (error) {
    return errorCode(error);
  }
}
