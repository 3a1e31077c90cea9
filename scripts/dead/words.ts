import { COUNTERS, type CounterName, type DayCount, type Standing } from "../../db/counters.ts";
import type { DeadLetter, DeadLetterDetail } from "../../db/dead.ts";
import { indented, oneLine } from "../../host/machine/terminal.ts";
import { metaAdvice, metaMeaning } from "../../lib/whatsapp/errors.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";

const REASONS = {
  window_closed: "the 24-hour window closed before it could be sent",
  refused: "Meta refused the reply permanently",
  unconfirmed: "it was sent twice without a confirmation",
  failed_repeatedly: "it could not be composed",
} as const;

/** All dead letters, one paragraph each, without message texts. */
export function list(letters: readonly DeadLetter[]): string {
  return letters.length === 0 ? "There are no dead letters." : letters.map(summary).join("\n\n");
}

/** One dead letter with its customer, their messages and the reply. */
export function detail(letter: DeadLetterDetail): string {
  const { name, phone, waUserId } = letter.customer;
  const who = [name, phone ? `+${phone}` : waUserId].filter(Boolean).join(" ");
  return [
    summary(letter),
    `  customer: ${oneLine(who)}`,
    ...letter.inbound.map((message) => `  asked: ${indented(describeMessage(message), 9)}`),
    ...letter.outbound.map(
      ({ text, state, sends }) => `  reply (${state}, sends: ${sends}): ${indented(text, 9)}`,
    ),
  ].join("\n");
}

function summary(letter: DeadLetter): string {
  const since = new Date(letter.diedAt).toISOString().slice(0, 16).replace("T", " ");
  const codes = letter.codes.length > 0 ? letter.codes.map(explained).join(", ") : "no codes";
  const hindrance = letter.withOperator
    ? "; an operator has the conversation"
    : letter.windowOpen
      ? ""
      : "; no replay until the customer writes again";
  return [
    `${letter.id}  ${since} UTC  conversation ${letter.conversationId}`,
    `  ${REASONS[letter.reason]} (${codes}), attempts: ${letter.attempts}`,
    `  messages: ${letter.messages}, parts sent: ${letter.partsSent}${hindrance}`,
  ].join("\n");
}

/** A code of a turn; when it is Meta's, with its meaning and what to do. */
function explained(code: string): string {
  const metaCode = /^send:graph_(\d+)$/.exec(code)?.[1];
  if (metaCode === undefined) return code;
  const meaning = metaMeaning(Number(metaCode)) ?? "not in Chasqui's table";
  return `${code}: ${meaning}. ${metaAdvice(Number(metaCode))}`.replace(/\.$/, "");
}

/** Open problems, and each counter for today, 7 and 30 days. */
export function table(now: Standing, days: readonly DayCount[]): string {
  const sum = (name: CounterName, since: string) =>
    days.reduce((total, { day, name: of, value }) => total + (of === name && day >= since ? value : 0), 0);
  const dayAgo = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
  const names = Object.keys(COUNTERS) as CounterName[];
  const row = (cells: readonly (string | number)[], meaning: string) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(9))).join("") +
    `  ${meaning}`;
  return [
    `stranded now: ${now.stranded} (customers waiting for more than two minutes)`,
    `dead now:     ${now.dead} (npm run dead -- list)`,
    "",
    row(["since (UTC)", "today", "7 days", "30 days"], "").trimEnd(),
    ...names.map((name) =>
      row([name, ...[0, 6, 29].map((count) => sum(name, dayAgo(count)))], COUNTERS[name]),
    ),
  ].join("\n");
}
