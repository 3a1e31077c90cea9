import { createDatabase } from "../../db/client.ts";
import { readCompany, readSecrets } from "../../db/company.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";
import type { ReadValues } from "../../lib/tools/behalf/secrets.ts";
import { MissingVariableError, namedBy, withVariables } from "../../lib/tools/behalf/variables.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { systemFetch, valuesHere } from "../tools/environment.ts";
import { missingSecrets, missingVariables } from "../tools/list.ts";
import { ownerOf, type SecretOwner } from "../tools/source.ts";
import { failed, type Outcome, ok, warning } from "./finding.ts";

/** Whether the systems of a number's tools can be called: their variables are set, their addresses allowed, somebody answers. */
export async function checkTools(databaseUrl: string, number: string, signal: AbortSignal): Promise<Outcome> {
  const database = createDatabase(databaseUrl);
  const [company, kept] = [await readCompany(database, number), await readSecrets(database, number)];
  const tools = company?.tools ?? [];
  if (tools.length === 0) return ok("the company has none");
  const missing = [...new Set(tools.flatMap(missingVariables))];
  if (missing.length > 0)
    return failed(
      `variables of tools are not set: ${missing.join(", ")}`,
      "set them, or take the tools out (docs/tools.md)",
    );
  const owner = kept ? ownerOf({ phoneNumberId: number, kept }) : { id: "", secrets: {} };
  const unset = [...new Set(tools.flatMap((tool) => missingSecrets(tool, owner.secrets ?? {})))];
  if (unset.length > 0)
    return failed(
      `secrets of tools are not set: ${unset.join(", ")}`,
      `npm run tools -- secret set ${unset[0]}, or take the tools out (docs/tools.md)`,
    );
  const values = valuesHere();
  const found = await Promise.all(tools.map((tool) => systemOf(tool, owner, values)));
  const unopened = found.flatMap((one) => (one.missing ? [one.missing] : []));
  if (unopened[0]) return failed(`${unopened[0].variable} cannot be used by tools`, unopened[0].fix);
  const systems = [...new Set(found.flatMap(({ system }) => system ?? []))];
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

/** Origin of the system that a tool calls, or what cannot be read of what it names. */
async function systemOf(
  tool: DeclaredTool,
  owner: Pick<SecretOwner, "id" | "secrets">,
  valuesOf: ReadValues,
): Promise<{ system?: string; missing?: MissingVariableError }> {
  try {
    const values = await valuesOf(tool, owner);
    for (const name of namedBy(tool).secrets) values.secret(name);
    const bare = withVariables(tool.via.url, values).replace(/\{[^}]*\}/g, "x");
    return { system: URL.canParse(bare) ? new URL(bare).origin : bare };
  } catch (error) {
    if (error instanceof MissingVariableError) return { missing: error };
    throw error;
  }
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
