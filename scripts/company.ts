/** `npm run company -- [--number <phoneNumberId>] <folder>`: checks a company's folder and loads it for a number. */
import { parseArgs } from "node:util";
import { createDatabase } from "../db/client.ts";
import { loadCompany } from "../db/company.ts";
import { readCompanyFolder } from "../host/company-folder.ts";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv, machineSettings } from "../host/machine/settings.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { provideStores } from "../host/stores/stores.ts";
import { openNow } from "../lib/hours/describe.ts";
import { scheduleOf } from "../lib/hours/schedule.ts";
import type { CompanyProfile } from "../lib/types/company.ts";
import { companyNumber } from "./company/number.ts";

const USAGE = `Usage: npm run company -- [--number <phoneNumberId>] <folder>

Checks <folder>/profile.json and <folder>/knowledge/{es,en,pt}/*.md (see demo/ for an example) and loads them into the
database at POSTGRES_URL, replacing the company of that number. The number is WHATSAPP_PHONE_NUMBER_ID, or the one of
WHATSAPP_NUMBERS named by --number. Without POSTGRES_URL the database of npm run dev is used, which must be stopped.`;

async function load(folder: string, number: string | null): Promise<string> {
  const environment = process.env;
  const phoneNumberId = companyNumber(environment, number);
  const company = await readCompanyFolder(folder);
  const teardown = createTeardown();
  try {
    const { dataDirectory } = machineSettings(environment);
    const stores = await provideStores(environment, { embed: true, dataDirectory, teardown });
    await stores.migrate();
    const { passages } = await loadCompany(
      createDatabase(stores.environment.POSTGRES_URL ?? ""),
      phoneNumberId,
      company,
    );
    return `${company.profile.name} answers on number ${phoneNumberId} with ${passages} passages.\n${aboutHours(company.profile)}`;
  } finally {
    await teardown.run();
  }
}

/** Says whether the opening hours can be computed, so that nobody has to guess. */
function aboutHours(profile: CompanyProfile): string {
  if (scheduleOf(profile) === null)
    return 'Its opening hours are known in words only: list "openingHours" in profile.json to have "open now" computed.';
  return `By its opening hours it is ${openNow(profile, Date.now())}.`;
}

/** Parses the command line; null when it is not valid. */
function readArguments() {
  try {
    const options = { number: { type: "string" }, help: { type: "boolean", default: false } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}

loadDotEnv();
const given = readArguments();
const [folder, ...rest] = given?.positionals ?? [];
if (given?.values.help || folder === undefined || rest.length > 0) {
  say(USAGE);
  process.exit(given?.values.help ? 0 : 2);
}
try {
  say(await load(folder, given?.values.number?.trim() ?? null));
} catch (error) {
  complain(error);
  process.exit(1);
}
