import type { Database } from "../../db/client.ts";
import { readCounters, readStanding } from "../../db/counters.ts";
import { deadLetter, deadLetters, dropDead, replayDead } from "../../db/dead.ts";
import { detail, list, table } from "./words.ts";

/** What a command has to say: to programs, to people, and whether it did what was asked. */
export interface Answer {
  data: unknown;
  words: string;
  done: boolean;
}

const STATS_DAYS = 30;

const REFUSALS = {
  not_found:
    "There is no dead turn of that id; `npm run dead -- list` shows all. Replayed and dropped ones are gone.",
  with_person:
    "A person has this conversation. Give it back first (npm run handoffs -- back <conversation>).",
  window_closed:
    "Meta's 24 hours are over: nothing can be sent before the customer writes again. Use a template, or drop it.",
} as const;

/** Does one command of `npm run dead`; `id` is the dead turn's, where the command takes one. */
export async function answer(database: Database, action: string, id: string): Promise<Answer> {
  switch (action) {
    case "show": {
      const letter = await deadLetter(database, id);
      return letter ? { data: letter, words: detail(letter), done: true } : refusal("not_found");
    }
    case "replay": {
      const answered = await replayDead(database, id);
      if (answered.outcome !== "replayed") return refusal(answered.outcome);
      const words = `${answered.messages} of the customer's messages wait for a new reply: the next webhook or resume composes it.`;
      return { data: answered, words, done: true };
    }
    case "drop": {
      const answered = await dropDead(database, id);
      if (answered.outcome !== "dropped") return refusal(answered.outcome);
      const words = `Dropped: ${answered.messages} of the customer's messages stay without an answer.`;
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

const refusal = (outcome: keyof typeof REFUSALS): Answer => ({
  data: { outcome, message: REFUSALS[outcome] },
  words: REFUSALS[outcome],
  done: false,
});
