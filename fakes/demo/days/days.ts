import { randomUUID } from "node:crypto";
import type { Language } from "../../../lib/types/company.ts";
import type { ModelUse } from "../../../lib/types/turn/record.ts";
import { type Exchange, NAMES, TALK } from "./talk.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How far back the demonstration goes, and how many people wrote. */
const DAYS = 28;
const PEOPLE = 90;
/** The model service was slow for an afternoon, six days ago. */
const OUTAGE = { agoDays: 6, hours: 3 };

/** One turn with its question and answer; times in epoch milliseconds. */
export interface DayTurn {
  id: string;
  inId: string;
  outIds: string[];
  exchange: Exchange;
  language: Language;
  askedMs: number;
  waitMs: number;
  rung: string;
  state: string;
  errors: string[];
  decidedBy: string;
  replyModel: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  models: ModelUse[];
  stagesMs: Record<string, number>;
  sentState: string;
  metaCodes: number[];
  /** A person was asked for: when they took it; null: no handoff. */
  takenMs: number | null;
}

/** A person with what they asked on some of the days. */
export interface DayPerson {
  customerId: string;
  conversationId: string;
  name: string;
  phone: string;
  language: Language;
  turns: DayTurn[];
  score: number | null;
}

/** The same numbers between 0 and 1 each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** People who wrote in the weeks before `nowMs`, most of them in the shop's hours. */
export function peopleOf(nowMs: number): DayPerson[] {
  const random = numbers(29);
  return Array.from({ length: PEOPLE }, (_, at) => {
    const language = at % 8 === 0 ? "en" : at % 11 === 0 ? "pt" : "es";
    const visits = Array.from({ length: 1 + Math.floor(random() ** 2 * 4) }, () => visitMs(random, nowMs));
    const turns = visits
      .toSorted((a, b) => a - b)
      .flatMap((beganMs) => talkOf(random, { language, beganMs, nowMs }));
    return {
      customerId: randomUUID(),
      conversationId: randomUUID(),
      name: `${NAMES[at % NAMES.length]} ${"ABCDEFGHIJKLM"[at % 13]}.`,
      phone: `${{ es: "519", en: "1305", pt: "55119" }[language]}${String(20_000_000 + at * 7_919).slice(0, 8)}`,
      language,
      turns,
      score: random() < 0.35 ? 5 - Math.floor(random() ** 2.2 * 5) : null,
    };
  });
}

/** A moment of the last weeks, up to two hours ago: by day and evening in Cusco, less on Sundays. */
function visitMs(random: () => number, nowMs: number): number {
  for (;;) {
    const day = Math.floor((nowMs - 5 * HOUR_MS) / DAY_MS) - Math.floor(random() * DAYS);
    const hour = 9 + (random() + random() + random()) * 4;
    const atMs = day * DAY_MS + (hour + 5) * HOUR_MS;
    const isSunday = new Date(atMs - 5 * HOUR_MS).getUTCDay() === 0;
    if (atMs < nowMs - 2 * HOUR_MS && !(isSunday && random() < 0.6)) return atMs;
  }
}

/** One conversation of some exchanges. */
function talkOf(
  random: () => number,
  about: { language: Language; beganMs: number; nowMs: number },
): DayTurn[] {
  const talk = TALK[about.language];
  const isSlow =
    about.nowMs - about.beganMs > OUTAGE.agoDays * DAY_MS &&
    about.nowMs - about.beganMs < OUTAGE.agoDays * DAY_MS + OUTAGE.hours * HOUR_MS;
  let askedMs = about.beganMs;
  return Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
    askedMs += (1 + random() * 4) * MINUTE_MS;
    const exchange = talk[Math.floor(random() ** 1.3 * talk.length)] ?? talk[0];
    if (!exchange) throw new Error("no talk");
    return turnOf(random, {
      exchange,
      askedMs,
      isSlow: isSlow || random() < 0.015,
      language: about.language,
    });
  });
}

interface Asked {
  exchange: Exchange;
  askedMs: number;
  isSlow: boolean;
  language: Language;
}

function turnOf(random: () => number, { exchange, askedMs, isSlow, language }: Asked): DayTurn {
  const isLocal = ["greeting", "thanks_goodbye"].includes(exchange.intent) || random() < 0.25;
  const reply =
    exchange.intent === "product_question" || exchange.intent === "complaint" ? "gpt-4o" : "gpt-4o-mini";
  const isDead = random() < 0.004;
  const stagesMs = stagesOf(random, isLocal, isSlow);
  const [inputTokens, outputTokens] = [900 + Math.floor(random() * 900), 30 + Math.floor(random() * 70)];
  const uses = [
    ...(isLocal ? [] : [spentBy("gpt-4o-mini", 350 + Math.floor(inputTokens / 10), 24)]),
    ...(isDead ? [] : [spentBy(isSlow ? "gpt-4o-mini" : reply, inputTokens, outputTokens)]),
  ];
  const failed = random() < 0.012;
  const person = exchange.intent === "human_handoff" || exchange.intent === "complaint";
  const rung = isSlow
    ? random() < 0.7
      ? "fallback_model"
      : "plain"
    : random() < 0.01
      ? "no_classification"
      : "full";
  return {
    ...{
      id: randomUUID(),
      inId: randomUUID(),
      exchange,
      language,
      askedMs,
      rung,
      stagesMs,
    },
    outIds: Array.from({ length: random() < 0.12 ? 2 : 1 }, () => randomUUID()),
    waitMs: stagesMs.wait ?? 0,
    state: isDead ? "dead" : "answered",
    errors: isSlow ? ["respond:timeout"] : [],
    decidedBy: isLocal ? "local" : "model",
    replyModel: isDead ? null : isSlow ? "gpt-4o-mini" : reply,
    ...spendOf(uses),
    sentState: failed ? "failed" : random() < 0.85 ? "read" : "delivered",
    metaCodes: failed ? [random() < 0.6 ? 131026 : 131047] : [],
    takenMs: person ? (2 + random() ** 3 * 90) * MINUTE_MS : null,
  };
}

/** What a model used, at its price. */
function spentBy(model: string, inputTokens: number, outputTokens: number): ModelUse {
  const [inUsd, outUsd] = model === "gpt-4o" ? [2.5, 10] : [0.15, 0.6];
  const costUsd = (inputTokens * inUsd + outputTokens * outUsd) / 1e6;
  return { model, inputTokens, cachedTokens: 0, outputTokens, costUsd };
}

/** What the models of a turn used, each and in all. */
function spendOf(
  uses: readonly ModelUse[],
): Pick<DayTurn, "models" | "inputTokens" | "outputTokens" | "costUsd"> {
  const sum = (of: (use: ModelUse) => number) => uses.reduce((total, use) => total + of(use), 0);
  return {
    models: merged(uses),
    inputTokens: sum((use) => use.inputTokens),
    outputTokens: sum((use) => use.outputTokens),
    costUsd: sum(({ costUsd }) => costUsd ?? 0),
  };
}

/** One for each model. */
function merged(uses: readonly ModelUse[]): ModelUse[] {
  const byModel = new Map<string, ModelUse>();
  for (const use of uses) {
    const own = byModel.get(use.model) ?? { ...use, inputTokens: 0, outputTokens: 0, costUsd: 0 };
    byModel.set(use.model, {
      ...own,
      inputTokens: own.inputTokens + use.inputTokens,
      outputTokens: own.outputTokens + use.outputTokens,
      costUsd: (own.costUsd ?? 0) + (use.costUsd ?? 0),
    });
  }
  return [...byModel.values()];
}

function stagesOf(random: () => number, isLocal: boolean, isSlow: boolean): Record<string, number> {
  const about = (ms: number, spread = 0.5) =>
    Math.round(ms * (1 + (random() + random() + random() - 1.2) * spread) * 10) / 10;
  const own = {
    verify: about(0.4),
    parse: about(0.3),
    admit: about(3),
    receive: about(9),
    draft: about(8),
    finish: about(7),
  };
  const [classify, respond, send] = [
    isLocal ? about(2) : about(310),
    about(isSlow ? 5_600 : 920, 0.7),
    about(190),
  ];
  const ack = Math.round((own.verify + own.parse + own.admit + own.receive + about(2)) * 10) / 10;
  const wait = Math.round((ack + classify + respond + own.draft + send) * 10) / 10;
  return { ...own, classify, respond, send, ack, wait };
}
