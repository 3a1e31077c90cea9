/** `npm run turn`: shows one turn: its stages, decisions, what models were sent and said, tools, cost and failures. */
import { parseArgs } from "node:util";
import { readTurn } from "../db/console/turns.ts";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv } from "../host/machine/settings.ts";
import { complain, say, sayJson } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { shownTurn } from "../lib/console/turns/shown.ts";
import { masked, turnWords } from "./turn/words.ts";

const USAGE = `npm run turn -- <id>            show a turn: stages, intent, models, tools, cost, failures
npm run turn -- <id> --words    with what was said and the prompts: phone numbers and secrets are masked
Add --json for machine-readable output.`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

loadDotEnv();
const teardown = createTeardown();
try {
  process.exitCode = await main();
} catch (error) {
  complain(error);
  process.exitCode = 1;
} finally {
  await teardown.run();
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      words: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [id = "", ...rest] = positionals;
  if (values.help || !UUID.test(id) || rest.length > 0) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  const stored = await readTurn(await openDatabase(process.env, teardown), null, id);
  if (stored === null) {
    complain("No turn has this id: it was deleted, or it is of another database.");
    return 1;
  }
  const turn = masked(shownTurn(stored, values.words));
  if (values.json) sayJson(turn);
  else say(turnWords(turn));
  return 0;
}
