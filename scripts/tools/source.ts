import { createDatabase } from "../../db/client.ts";
import { readCompany } from "../../db/company.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { machineSettings } from "../../host/machine/settings.ts";
import { provideStores } from "../../host/stores/stores.ts";
import type { Company } from "../../lib/types/company.ts";
import { companyNumber } from "../company/number.ts";

/** What trying a tool takes of a company. */
export type ToolCompany = Pick<Required<Company>, "tools" | "profile">;

/** A company folder's, or the live version of a number. */
export async function companyOf(
  folder: string | null,
  number: string | null,
  teardown: Teardown,
): Promise<ToolCompany> {
  if (folder !== null) return readCompanyFolder(folder);
  const phoneNumberId = companyNumber(process.env, number);
  const { dataDirectory } = machineSettings(process.env);
  const stores = await provideStores(process.env, { embed: true, dataDirectory, teardown });
  await stores.migrate();
  const company = await readCompany(createDatabase(stores.environment.POSTGRES_URL ?? ""), phoneNumberId);
  if (!company)
    throw new Error(`No company is stored for number ${phoneNumberId}: load one first (npm run company).`);
  return { profile: company.profile, tools: company.tools ?? [] };
}
