import { createDatabase, type Database } from "../../db/client.ts";
import { type KeptSecrets, readCompany, readSecrets } from "../../db/company.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { machineSettings } from "../../host/machine/settings.ts";
import { provideStores } from "../../host/stores/stores.ts";
import type { Company } from "../../lib/types/company.ts";
import type { OnBehalfOf } from "../../lib/types/tools/declared.ts";
import { companyNumber } from "../company/number.ts";

/** Whose secrets tools may name. */
export type SecretOwner = Pick<OnBehalfOf["tenant"], "id" | "phoneNumberId" | "secrets">;

/** What trying a tool takes of a company. */
export interface ToolCompany extends Pick<Required<Company>, "tools" | "profile"> {
  /** The stored company. A folder's is looked up only when it is asked for: trying a tool without secrets needs no database. */
  owner(): Promise<SecretOwner>;
  /** Whether its secrets are known without being asked for. */
  isStored: boolean;
}

/** A company folder's, or the live version of a number. */
export async function companyOf(
  folder: string | null,
  number: string | null,
  teardown: Teardown,
): Promise<ToolCompany> {
  const stored = () => storedCompany(number, teardown);
  if (folder !== null) {
    const { profile, tools } = await readCompanyFolder(folder);
    return { ...{ profile, tools, isStored: false }, owner: async () => ownerOf(await stored()) };
  }
  const { database, phoneNumberId, kept } = await stored();
  const company = await readCompany(database, phoneNumberId);
  if (!company) throw new Error(missing(phoneNumberId));
  const { profile, tools } = company;
  return { ...{ profile, tools, isStored: true }, owner: async () => ownerOf({ phoneNumberId, kept }) };
}

/** A number's company in the database, with its secrets as they are kept. */
export async function storedCompany(
  number: string | null,
  teardown: Teardown,
): Promise<{ database: Database; phoneNumberId: string; kept: KeptSecrets }> {
  const phoneNumberId = companyNumber(process.env, number);
  const { dataDirectory } = machineSettings(process.env);
  const stores = await provideStores(process.env, { embed: true, dataDirectory, teardown });
  await stores.migrate();
  const database = createDatabase(stores.environment.POSTGRES_URL ?? "");
  const kept = await readSecrets(database, phoneNumberId);
  if (!kept) throw new Error(missing(phoneNumberId));
  return { database, phoneNumberId, kept };
}

const missing = (phoneNumberId: string): string =>
  `No company is stored for number ${phoneNumberId}: load one first (npm run company).`;

/** The owner of secrets that were read. */
export const ownerOf = ({
  phoneNumberId,
  kept,
}: {
  phoneNumberId: string;
  kept: KeptSecrets;
}): SecretOwner => ({
  ...{ id: kept.tenantId, phoneNumberId },
  secrets: Object.fromEntries(kept.secrets.map(({ name, sealed }) => [name, sealed])),
});
