/** `npm run acts`: lists the acts of customers that a person should look at, and shows one. */
import { actsForPeople, customerAct, type ListedAct, type ShownAct } from "../db/customer-acts.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, oneLine, say } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";

const USAGE = `npm run acts                 list acts that failed or whose result nobody knows, unless settled in the console, or that wait for an approval
npm run acts -- show <id>    show one, with the key by which the company's system knows it`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

await runCommand(main);

async function main(teardown: Teardown, [action = "list", id = ""]: readonly string[]): Promise<number> {
  if (!["list", "show"].includes(action) || (action === "show" && !UUID.test(id))) {
    complain(USAGE);
    return 2;
  }
  const database = await openDatabase(process.env, teardown);
  if (action === "show") {
    const act = await customerAct(database, id);
    say(act ? details(act) : "No act has this id.");
    return act ? 0 : 1;
  }
  const acts = await actsForPeople(database);
  say(acts.length === 0 ? "No act needs a person." : acts.map(line).join("\n\n"));
  return 0;
}

const at = (time: string): string => `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;

function line({ id, conversationId, tool, state, code, attempts, askedAt, lastDigits }: ListedAct): string {
  const how = `${tool}: ${state}${code ? ` (${code})` : ""}, ${attempts} ${attempts === 1 ? "call" : "calls"}`;
  const who = `asked ${at(askedAt)} of a customer whose phone ends in ${lastDigits ?? "?"}, conversation ${conversationId}`;
  return `${id}\n  ${oneLine(how)}\n  ${oneLine(who)}`;
}

function details(act: ShownAct): string {
  const times = [
    act.confirmedAt && `confirmed ${at(act.confirmedAt)}`,
    act.decidedBy && `decided by ${act.decidedBy}`,
    act.attemptedAt && `last call ${at(act.attemptedAt)}`,
    act.endedAt && `ended ${at(act.endedAt)}`,
    act.settledHow && `settled (${act.settledHow}) by ${act.settledBy ?? "somebody"}`,
    act.told ? "the customer was told" : "the customer was not told",
  ];
  return [
    line(act),
    `  ${oneLine(`Idempotency-Key ${act.idempotencyKey}`)}`,
    `  ${oneLine(times.filter(Boolean).join(", "))}`,
    `  ${oneLine(`input ${JSON.stringify(masked(act.input))}`)}`,
  ].join("\n");
}

/** Numbers and truth values as they are, of texts the length alone: they may name the customer. */
function masked(value: unknown): unknown {
  if (typeof value === "string") return `${value.length} characters`;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each)]));
}
