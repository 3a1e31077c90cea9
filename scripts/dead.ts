/** `npm run dead`: lists, shows, replays and drops dead letters; prints counters of anomalies. */
import { parseArgs } from "node:util";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, say, sayJson } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { answer } from "./dead/answer.ts";

const USAGE = `npm run dead -- list           list dead letters with their reason, newest first
npm run dead -- show <id>      show one with its messages and reply
npm run dead -- replay <id>    answer its messages again
npm run dead -- drop <id>      drop it; its messages stay unanswered
npm run dead -- stats          open problems now, and the counters of the last 30 days
Add --json for machine-readable output.`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WITH_ID = ["show", "replay", "drop"];

await runCommand(main);

async function main(teardown: Teardown): Promise<number> {
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
