/** `npm run forget`: deletes a customer with everything they wrote, by any spelling of their phone. */
import { deleteCustomers } from "../db/retention.ts";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv } from "../host/machine/settings.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { phoneOf } from "../lib/json/lenient.ts";
import { spellingsOf } from "../lib/phone/spellings.ts";

const USAGE = `npm run forget -- "+52 55 1234 5678"    delete the customer with this phone, however it is spelled
Their conversation, turns and handoffs go too; an opt-out stays, hashed.`;

loadDotEnv();
const teardown = createTeardown();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  complain(error);
  process.exitCode = 1;
} finally {
  await teardown.run();
}

async function main(words: readonly string[]): Promise<number> {
  const phone = phoneOf(words.join(""));
  if (phone === null) {
    complain(USAGE);
    return 2;
  }
  const deleted = await deleteCustomers(await openDatabase(process.env, teardown), spellingsOf(phone));
  say(deleted === 0 ? "No customer has this phone." : `Deleted: ${deleted}.`);
  return deleted === 0 ? 1 : 0;
}
