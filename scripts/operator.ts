/** `npm run operator`: invites, lists and removes the people who may use the console, changes their roles, and lets one set a new password. */
import { parseArgs } from "node:util";
import { createDatabase } from "../db/client.ts";
import { createAuditLog } from "../db/console/audit.ts";
import { companyOfNumber, createTeam } from "../db/console/operators.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { machineSettings } from "../host/machine/settings.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { provideStores } from "../host/stores/stores.ts";
import { email as emailSchema, role as roleSchema } from "../lib/console/access/input.ts";
import { companyNumber } from "./company/number.ts";
import { ACTIONS, type Action, type Asked, perform } from "./operator/actions.ts";

const USAGE = `npm run operator -- invite <email> --role owner|agent|viewer   print a link that works once, for seven days
npm run operator -- list                                       list who has access, and who is invited
npm run operator -- role <email> --role owner|agent|viewer     change the role, at once
npm run operator -- reset <email>                              print a link that sets a new password, for a day
npm run operator -- remove <email>                             take the access away, at once

--number <phoneNumberId> names the company by its number; without it, it is that of WHATSAPP_PHONE_NUMBER_ID. The link begins with
PUBLIC_URL. Without POSTGRES_URL the database of npm run dev is used, which must be stopped.`;

await runCommand(main);

async function main(teardown: Teardown): Promise<number> {
  const asked = readArguments();
  if (asked === null) {
    complain(USAGE);
    return 2;
  }
  const { outcome, text } = await perform(asked, await open(asked.number, teardown));
  if (outcome === "done") say(text);
  else complain(text);
  return outcome === "done" ? 0 : 1;
}

/** The command line as it is meant; null when it is not valid. Throws an error that names a wrong address or role. */
function readArguments(): (Asked & { number: string | null }) | null {
  const given = parse();
  const [action = "list", email, ...rest] = given?.positionals ?? [];
  if (!given || rest.length > 0 || !isAction(action) || (action !== "list" && email === undefined))
    return null;
  const { role, number = null } = given.values;
  if ((action === "invite" || action === "role") !== (role !== undefined)) return null;
  const address = email === undefined ? null : emailSchema.safeParse(email);
  if (address?.success === false) throw new Error(`${email} is no e-mail address.`);
  const wanted = role === undefined ? null : roleSchema.safeParse(role);
  if (wanted?.success === false) throw new Error(`${role} is no role: use owner, agent or viewer.`);
  return { action, email: address?.data ?? "", role: wanted?.data ?? "viewer", number };
}

function parse() {
  try {
    const options = { role: { type: "string" }, number: { type: "string" } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}

function isAction(text: string): text is Action {
  return (ACTIONS as readonly string[]).includes(text);
}

async function open(wanted: string | null, teardown: Teardown) {
  const environment = process.env;
  const { dataDirectory, port } = machineSettings(environment);
  const number = companyNumber(environment, wanted);
  const stores = await provideStores(environment, { embed: true, dataDirectory, teardown });
  await stores.migrate();
  const database = createDatabase(stores.environment.POSTGRES_URL ?? "");
  const company = await companyOfNumber(database, number);
  if (company === null)
    throw new Error(`Number ${number} has no company yet: load one first (npm run company).`);
  return {
    company,
    team: createTeam(database),
    audit: createAuditLog(database),
    address: addressOf(environment) ?? `http://localhost:${port}`,
  };
}

/** As the deployment itself knows its address. */
function addressOf({
  PUBLIC_URL,
  VERCEL_PROJECT_PRODUCTION_URL,
  VERCEL_URL,
}: NodeJS.ProcessEnv): string | null {
  const own = PUBLIC_URL?.trim().replace(/\/+$/, "");
  const domain = VERCEL_PROJECT_PRODUCTION_URL?.trim() || VERCEL_URL?.trim();
  return own || (domain ? `https://${domain}` : null);
}
