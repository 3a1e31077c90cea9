/** `npm run handoffs`: lists open handoffs; takes a conversation from the bot, or hands it back. */
import { handBack, type OpenHandoff, openHandoffs, takeOver } from "../db/handoffs.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, oneLine, say } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";

const USAGE = `npm run handoffs                    list conversations that wait for an operator, longest first
npm run handoffs -- take <id>       take a conversation from the bot
npm run handoffs -- back <id>       hand it back to the bot`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

await runCommand(main);

async function main(teardown: Teardown, [action = "list", id = ""]: readonly string[]): Promise<number> {
  if (!["list", "take", "back"].includes(action) || (action !== "list" && !UUID.test(id))) {
    complain(USAGE);
    return 2;
  }
  const database = await openDatabase(process.env, teardown);
  if (action === "take") {
    const done = await takeOver(database, id, {
      reason: "taken_over",
      summary: "Taken from the command line.",
    });
    say(
      done
        ? "Taken: the bot is silent in this conversation until you hand it back."
        : "No conversation has this id.",
    );
    return done ? 0 : 1;
  }
  if (action === "back") {
    const done = await handBack(database, id);
    say(done ? "Handed back: the bot answers the next message." : "No operator has this conversation.");
    return done ? 0 : 1;
  }
  const open = await openHandoffs(database);
  say(open.length === 0 ? "No conversation waits for an operator." : open.map(describe).join("\n\n"));
  return 0;
}

function describe({
  conversationId,
  openedAt,
  customerName,
  customerPhone,
  botGoesOn,
  reason,
  summary,
}: OpenHandoff): string {
  const who = [customerName, customerPhone && `+${customerPhone}`].filter(Boolean).join(" ") || "no name";
  const since = new Date(openedAt).toISOString().slice(0, 16).replace("T", " ");
  return `${conversationId}  since ${since} UTC\n  ${oneLine(`${who}: ${reason}${botGoesOn ? " (nobody came; the bot goes on)" : ""}`)}\n  ${oneLine(summary)}`;
}
