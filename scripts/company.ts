/** `npm run company -- <folder>`: checks a company's folder and puts it behind the business number. */
import { createDatabase } from "../db/client.ts";
import { loadCompany } from "../db/company.ts";
import { createTeardown } from "../local/lifecycle.ts";
import { LOCAL_PHONE_NUMBER_ID } from "../local/services.ts";
import { machineSettings } from "../local/settings.ts";
import { provideStores } from "../local/stores.ts";
import { readCompanyFolder } from "./company-folder.ts";

const USAGE = `Usage: npm run company -- <folder>

Checks <folder>/profile.json and <folder>/knowledge/{es,en,pt}/*.md (demo/ shows how they look), and loads them for the
number in WHATSAPP_PHONE_NUMBER_ID into the database at POSTGRES_URL; without these, into the database of npm run dev,
which must not be running. What was loaded before for that number is replaced.`;

async function load(folder: string): Promise<string> {
  const company = await readCompanyFolder(folder);
  const environment = { ...process.env };
  const phoneNumberId = environment.WHATSAPP_PHONE_NUMBER_ID?.trim() || LOCAL_PHONE_NUMBER_ID;
  const teardown = createTeardown();
  try {
    const { dataDirectory } = machineSettings(environment);
    const stores = await provideStores(environment, { embed: true, dataDirectory, teardown });
    await stores.migrate();
    const { passages } = await loadCompany(
      createDatabase(environment.POSTGRES_URL ?? ""),
      phoneNumberId,
      company,
    );
    return `${company.profile.name} answers on number ${phoneNumberId} with ${passages} passages.`;
  } finally {
    await teardown.run();
  }
}

const [folder, ...rest] = process.argv.slice(2);
if (folder === undefined || folder.startsWith("-") || rest.length > 0) {
  console.log(USAGE);
  process.exit(folder === "--help" ? 0 : 2);
}
try {
  console.log(await load(folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
