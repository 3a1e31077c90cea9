import { createBusinessRecords } from "../adapters/company.ts";
import type { BusinessRecords } from "../types/tools.ts";
import type { Base } from "./base.ts";

/** The company's own system; null when none is connected. */
export function composeRecords({ env, clock }: Pick<Base, "env" | "clock">): BusinessRecords | null {
  const { COMPANY_API_URL: baseUrl, COMPANY_API_SECRET: secret } = env;
  return baseUrl && secret ? createBusinessRecords({ baseUrl, secret, clock }) : null;
}
