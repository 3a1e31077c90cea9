import { createDatabase } from "../../db/client.ts";
import { readCompany } from "../../db/company.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { machineSettings } from "../../host/machine/settings.ts";
import { provideStores } from "../../host/stores/stores.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { companyNumber } from "../company/number.ts";

/** The tools of a company folder, or of the live version of a number. */
export async function toolsOf(
  folder: string | null,
  number: string | null,
  teardown: Teardown,
): Promise<readonly DeclaredTool[]> {
  if (folder !== null) return (await readCompanyFolder(folder)).tools;
  const phoneNumberId = companyNumber(process.env, number);
  const { dataDirectory } = machineSettings(process.env);
  const stores = await provideStores(process.env, { embed: true, dataDirectory, teardown });
  await stores.migrate();
  const company = await readCompany(createDatabase(stores.environment.POSTGRES_URL ?? ""), phoneNumberId);
  if (!company)
    throw new Error(`No company is stored for number ${phoneNumberId}: load one first (npm run company).`);
  return company.tools ?? [];
}
