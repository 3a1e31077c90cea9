/** `npm run company -- [check | import | export] <folder>`: a company as files, into the database and back. */
import { basename, resolve } from "node:path";
import { createDatabase, type Database } from "../db/client.ts";
import { loadCompany, readCompany, readSecrets } from "../db/company.ts";
import { writeCompanyFolder } from "../host/company/export.ts";
import { readCompanyFolder } from "../host/company/folder.ts";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv, machineSettings } from "../host/machine/settings.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { provideStores } from "../host/stores/stores.ts";
import { changesBetween, itemsOf } from "../lib/company/changes.ts";
import { openNow } from "../lib/hours/describe.ts";
import { scheduleOf } from "../lib/hours/schedule.ts";
import { namedBy } from "../lib/tools/behalf/variables.ts";
import type { CompanyProfile } from "../lib/types/company.ts";
import type { DeclaredTool } from "../lib/types/tools/declared.ts";
import { type CompanyTask, companyTask } from "./company/arguments.ts";
import { companyNumber } from "./company/number.ts";

const USAGE = `Usage: npm run company -- [check | import | export] [--number <phoneNumberId>] <folder>

check    reads <folder>/profile.json, intents.json and tools/*.json if there are any, and
         knowledge/{es,en,pt}/*.md (see demo/ for an example)
import   checks them and makes them the company's live version; what was live stays as the version before. The same without a verb
export   writes the live version into a new folder, as import reads it

The database is the one at POSTGRES_URL, without it that of npm run dev, which must be stopped. The number is
WHATSAPP_PHONE_NUMBER_ID, or the one of WHATSAPP_NUMBERS named by --number.`;

async function run({ act, folder, number }: CompanyTask): Promise<string> {
  if (act === "check") {
    const { profile, tools, knowledge } = await readCompanyFolder(folder);
    const secrets = secretsOf(tools);
    const needed = secrets.length > 0 ? `\nIts tools need secrets: ${secrets.join(", ")}.` : "";
    return `${profile.name} is valid, with ${knowledge.length} passages${tools.length > 0 ? ` and ${tools.length} tools` : ""}.${needed}\n${aboutHours(profile)}`;
  }
  const phoneNumberId = companyNumber(process.env, number);
  return act === "import" ? importFolder(folder, phoneNumberId) : exportFolder(folder, phoneNumberId);
}

async function importFolder(folder: string, phoneNumberId: string): Promise<string> {
  const company = await readCompanyFolder(folder);
  return withDatabase(async (database) => {
    const live = await readCompany(database, phoneNumberId);
    const items = live ? itemsOf(changesBetween(live, company)) : [];
    const { passages } = await loadCompany(database, phoneNumberId, company, {
      note: basename(resolve(folder)),
      items,
    });
    const kept = await readSecrets(database, phoneNumberId);
    const unset = secretsOf(company.tools).filter((name) => !kept?.secrets.some((one) => one.name === name));
    return `${company.profile.name} answers on number ${phoneNumberId} with ${passages} passages.${aboutSecrets(unset)}\n${aboutHours(company.profile)}`;
  });
}

async function exportFolder(folder: string, phoneNumberId: string): Promise<string> {
  return withDatabase(async (database) => {
    const company = await readCompany(database, phoneNumberId);
    if (!company) throw new Error(`No company is stored for number ${phoneNumberId}.`);
    await writeCompanyFolder(folder, company);
    return `${company.profile.name} with ${company.knowledge.length} passages is written to ${folder}.`;
  });
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const teardown = createTeardown();
  try {
    const { dataDirectory } = machineSettings(process.env);
    const stores = await provideStores(process.env, { embed: true, dataDirectory, teardown });
    await stores.migrate();
    return await work(createDatabase(stores.environment.POSTGRES_URL ?? ""));
  } finally {
    await teardown.run();
  }
}

/** Names of the secrets that tools need. */
const secretsOf = (tools: readonly DeclaredTool[]): string[] => [
  ...new Set(tools.flatMap((tool) => namedBy(tool).secrets)),
];

const aboutSecrets = (unset: readonly string[]): string =>
  unset.length > 0
    ? `\nIts tools do not work without secrets that are not set: ${unset.map((name) => `npm run tools -- secret set ${name}`).join(", ")}.`
    : "";

/** Says whether the opening hours can be computed, so that nobody has to guess. */
function aboutHours(profile: CompanyProfile): string {
  if (scheduleOf(profile) === null)
    return 'Its opening hours are known in words only: list "openingHours" in profile.json to have "open now" computed.';
  return `By its opening hours it is ${openNow(profile, Date.now())}.`;
}

loadDotEnv();
const task = companyTask(process.argv.slice(2));
if (task === null || task === "help") {
  say(USAGE);
  process.exit(task === "help" ? 0 : 2);
}
try {
  say(await run(task));
} catch (error) {
  complain(error);
  process.exit(1);
}
