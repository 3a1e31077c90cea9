/** `npm run forget`: deletes a customer with everything they wrote, by any spelling of their phone. */
import { deleteCustomers } from "../db/retention.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { phoneOf } from "../lib/json/lenient.ts";
import { spellingsOf } from "../lib/phone/spellings.ts";

const USAGE = `npm run forget -- "+52 55 1234 5678"    delete the customer with this phone, however it is spelled
Their conversation, turns and handoffs go too; an opt-out stays, hashed.`;

await runCommand(main);

async function main(teardown: Teardown, words: readonly string[]): Promise<number> {
  const phone = phoneOf(words.join(""));
  if (phone === null) {
    complain(USAGE);
    return 2;
  }
  const deleted = await deleteCustomers(await openDatabase(process.env, teardown), spellingsOf(phone));
  say(deleted === 0 ? "No customer has this phone." : `Deleted: ${deleted}.`);
  return deleted === 0 ? 1 : 0;
}
