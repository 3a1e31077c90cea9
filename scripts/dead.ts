/** `npm run dead`: turns that were given up: look at them, replay them, drop them; and how often what went wrong. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { complain, say, sayJson } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { answer } from "./dead/answer.ts";

const USAGE = `npm run dead -- list           turns that were given up, newest first, and why
npm run dead -- show <id>      one of them, with the words of both sides
npm run dead -- replay <id>    its messages are pending again: a new reply is composed
npm run dead -- drop <id>      give it up for good
npm run dead -- stats          what stands open now, and the counters of the last 30 days
With --json after any of them: the same for programs.`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WITH_ID = ["show", "replay", "drop"];

if (existsSync(".env")) process.loadEnvFile(".env");
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
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  const [action = "list", id = "", ...rest] = positionals;
  const known = WITH_ID.includes(action) ? UUID.test(id) : ["list", "stats"].includes(action) && id === "";
  if (values.help || !known || rest.length > 0) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  const { data, words, done } = await answer(await openDatabase(process.env, teardown), action, id);
  if (values.json) sayJson(data);
  else say(words);
  return done ? 0 : 1;
}
