import type { Database } from "../../db/client.ts";
import { readCounters, readStanding } from "../../db/counters.ts";
import { deadLetter, deadLetters, dropDead, replayDead } from "../../db/dead.ts";
import { detail, list, table } from "./words.ts";

/** Result of a command: data for programs, words for people, and whether it succeeded. */
export interface Answer {
  data: unknown;
  words: string;
  done: boolean;
}

const STATS_DAYS = 30;

const REFUSALS = {
  not_found:
    "No dead letter has this id. It may have been replayed or dropped; `npm run dead -- list` shows all.",
  with_operator:
    "An operator has this conversation. Hand it back first: npm run handoffs -- back <conversation>.",
  window_closed:
    "The 24-hour window is closed: nothing can be sent until the customer writes again. Send a template, or drop it.",
} as const;

/** Runs one command of `npm run dead`; `id` names the dead letter, where the command takes one. */
export async function answer(database: Database, action: string, id: string): Promise<Answer> {
  switch (action) {
    case "show": {
      const letter = await deadLetter(database, id);
      return letter ? { data: letter, words: detail(letter), done: true } : refusal("not_found");
    }
    case "replay": {
      const answered = await replayDead(database, id);
      if (answered.outcome !== "replayed") return refusal(answered.outcome);
      const words = `Replayed: the next webhook or resume composes a new reply to ${count(answered.messages)}.`;
      return { data: answered, words, done: true };
    }
    case "drop": {
      const answered = await dropDead(database, id);
      if (answered.outcome !== "dropped") return refusal(answered.outcome);
      const words = `Dropped: ${count(answered.messages)} will not be answered.`;
      return { data: answered, words, done: true };
    }
    case "stats": {
      const [now, days] = await Promise.all([readStanding(database), readCounters(database, STATS_DAYS)]);
      return { data: { now, days }, words: table(now, days), done: true };
    }
    default: {
      const letters = await deadLetters(database);
      return { data: letters, words: list(letters), done: true };
    }
  }
}

const count = (messages: number): string => (messages === 1 ? "1 message" : `${messages} messages`);

const refusal = (outcome: keyof typeof REFUSALS): Answer => ({
  data: { outcome, message: REFUSALS[outcome] },
  words: REFUSALS[outcome],
  done: false,
});
