import { createAlertStore } from "../../db/alerts.ts";
import { createGuessReader } from "../../db/guesses.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { openDatabase } from "../../host/stores/open-database.ts";
import type { WatchedCompany } from "../../lib/types/alerts.ts";
import type { GuessReader } from "../../lib/types/turn/guesses.ts";
import { configuredNumbers } from "../company/number.ts";

/** The companies of this deployment, and the reader of their guesses. */
export async function openGuesses(
  teardown: Teardown,
): Promise<{ companies: WatchedCompany[]; guesses: GuessReader }> {
  const database = await openDatabase(process.env, teardown);
  const companies = await createAlertStore(database).tenants(configuredNumbers(process.env));
  return { companies, guesses: createGuessReader(database) };
}
