import { randomUUID } from "node:crypto";
import { DEMO_FILES } from "./files.ts";
import type { Colleague, Line, Story } from "./script.ts";

const MINUTE_MS = 60_000;
/** The bot's usual wait, in seconds. */
const WAITS_S = [1.4, 1.9, 1.2, 2.6, 1.7];
/** Until a customer reads an answer. */
const READ_MS = 20_000;

/** One message, as it is inserted; times in epoch milliseconds. */
export interface MessageRow {
  id: string;
  direction: "in" | "out";
  author: "customer" | "bot" | "operator";
  waMessageId: string;
  state: string;
  type: string;
  text: string | null;
  content: Record<string, unknown> | null;
  reading: string | null;
  metaCodes: number[];
  colleague: Colleague | null;
  turnId: string | null;
  at: number;
}

/** One turn with the tool that it called. */
export interface TurnRow {
  id: string;
  intent: string;
  rung: string;
  waitMs: number;
  costUsd: number;
  at: number;
  tool: { name: string; input: Record<string, string>; output: string } | null;
}

/** The messages and turns of a story that ended `agoMin` minutes before `nowMs`. */
export function rowsOf(story: Story, nowMs: number): { messages: MessageRow[]; turns: TurnRow[] } {
  const turns: TurnRow[] = [];
  const pauses = story.lines.map((line, at) => pauseMs(line, at));
  let at = nowMs - story.agoMin * MINUTE_MS - pauses.reduce((sum, pause) => sum + pause, 0);
  let unanswered: MessageRow[] = [];
  const messages = story.lines.map((line, place) => {
    at += pauses[place] ?? 0;
    const message = said(line, at);
    if (line.from === "customer") unanswered.push(message);
    else {
      if (line.from === "bot") {
        const turn = turnOf(line, at, WAITS_S[place % WAITS_S.length] ?? 2);
        turns.push(turn);
        for (const each of [...unanswered, message]) each.turnId = turn.id;
      }
      unanswered = [];
    }
    return message;
  });
  return { messages, turns };
}

const pauseMs = (line: Line, place: number): number =>
  line.from === "bot" ? (WAITS_S[place % WAITS_S.length] ?? 2) * 1_000 : (line.pauseMin ?? 1) * MINUTE_MS;

function said(line: Line, at: number): MessageRow {
  const both = { id: randomUUID(), waMessageId: `wamid.demo.${randomUUID()}`, turnId: null, at };
  const plain = { type: "text", text: line.text, content: null, reading: null };
  if (line.from === "customer")
    return {
      ...both,
      ...plain,
      ...contentOf(line),
      direction: "in",
      author: "customer",
      state: "received",
      metaCodes: [],
      colleague: null,
    };
  const failed = line.from === "bot" ? line.failed : undefined;
  return {
    ...both,
    ...plain,
    direction: "out",
    author: line.from === "bot" ? "bot" : "operator",
    state: failed ? "failed" : at < Date.now() - READ_MS ? "read" : "delivered",
    metaCodes: failed ? [failed] : [],
    colleague: line.from === "bot" ? null : line.from,
  };
}

/** What a customer sent besides words, in the form of Meta's webhook. */
function contentOf(line: Extract<Line, { from: "customer" }>): Partial<MessageRow> {
  if (line.voice)
    return {
      type: "audio",
      text: null,
      content: { ...DEMO_FILES.voice.content, voice: true },
      reading: line.voice,
    };
  if (line.photo) return { type: "image", text: null, content: DEMO_FILES.photo.content };
  if (line.receipt)
    return {
      type: "document",
      text: line.text,
      content: { ...DEMO_FILES.receipt.content, caption: line.text },
      reading: line.receipt,
    };
  if (line.place)
    return {
      type: "location",
      text: null,
      content: { latitude: -13.51683, longitude: -71.97877, name: "Plaza de Armas", address: "Cusco, Perú" },
    };
  return {};
}

function turnOf(line: Extract<Line, { from: "bot" }>, at: number, waitS: number): TurnRow {
  const { intent, order, passage } = line;
  return {
    id: randomUUID(),
    intent,
    rung: intent === "fixed" ? "fixed" : "full",
    waitMs: waitS * 1_000,
    costUsd: intent === "thanks_goodbye" ? 0.00012 : 0.00131,
    at,
    tool: order
      ? { name: "lookup", input: { source: "orders", query: order }, output: `order ${order}` }
      : passage
        ? { name: "lookup", input: { source: "knowledge", query: passage }, output: `passage ${passage}` }
        : null,
  };
}
