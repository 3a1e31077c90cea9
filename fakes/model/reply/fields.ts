import { foldText } from "../../../lib/language/fold.ts";

/** A field of a tool's input, as its JSON Schema has it. */
export interface Property {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  pattern?: string;
  maxLength?: number;
}

/** A text this long, of no pattern, is one in the customer's own words. */
const MANY_WORDS = 100;

/** What a field asks for, as far as words can tell. */
export type FieldKind = "date" | "time" | "number" | "code" | "choice" | "words";

export function kindOf({ type, format, enum: options, pattern, maxLength = 0 }: Property): FieldKind {
  if (options) return "choice";
  if (format === "date") return "date";
  // Minutes of an hour: JSON Schema's own format of times wants seconds too.
  if (format === "time" || pattern?.includes(":[0-5]")) return "time";
  if (type === "integer" || type === "number") return "number";
  return pattern === undefined && maxLength >= MANY_WORDS ? "words" : "code";
}

const DAY_MS = 86_400_000;
const TIME = /(?<![\d/-])(?<hour>[01]?\d|2[0-3])(?:[:h.](?<minute>[0-5]\d)|\s?(?<half>am|pm)|h)(?![\d/-])/;
const BARE_HOUR = /\b(?:a las?|at|as|às)\s+(?<hour>[01]?\d|2[0-3])\b/;
const ISO_DATE = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/;

/** The field's value in a customer's words; undefined when they do not tell it. `today`: the company's date. */
export function valueIn(said: string, property: Property, today: string): unknown {
  const text = foldText(said);
  switch (kindOf(property)) {
    case "choice":
      return property.enum?.find((option) => text.includes(foldText(String(option)).replaceAll("_", " ")));
    case "date":
      return dateIn(text, today);
    case "time":
      return timeIn(text);
    case "number":
      return numberIn(text);
    case "words":
      return wordsIn(said, property);
    default:
      return codeIn(said, property);
  }
}

/** What stands behind a colon. */
function wordsIn(said: string, { maxLength }: Property): string | undefined {
  const at = said.indexOf(":");
  return at < 0
    ? undefined
    : said
        .slice(at + 1)
        .trim()
        .slice(0, maxLength) || undefined;
}

/** A text by its pattern; without one nothing tells which words it is. */
function codeIn(said: string, { pattern }: Property): string | undefined {
  if (pattern === undefined) return undefined;
  return new RegExp(`(?<![\\w])${pattern.replace(/^\^|\$$/g, "")}(?![\\w])`, "i")
    .exec(said)?.[0]
    .toUpperCase();
}

function dateIn(text: string, today: string): string | undefined {
  const written = ISO_DATE.exec(text)?.[0];
  if (written) return written;
  const after = (days: number) => new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
  if (/\b(pasado manana|day after tomorrow|depois de amanha)\b/.test(text)) return after(2);
  const weekday = WEEKDAYS.findIndex((names) => names.test(text));
  if (weekday >= 0) return after((weekday - new Date(today).getUTCDay() + 7) % 7 || 7);
  if (/\b(hoy|today|tonight|hoje)\b/.test(text)) return today;
  return /\b(tomorrow|amanha)\b|(?<!de la |por la |en la )\bmanana\b/.test(text) ? after(1) : undefined;
}

const WEEKDAYS = [
  /\b(domingo|sunday)\b/,
  /\b(lunes|monday|segunda)\b/,
  /\b(martes|tuesday|terca)\b/,
  /\b(miercoles|wednesday|quarta)\b/,
  /\b(jueves|thursday|quinta)\b/,
  /\b(viernes|friday|sexta)\b/,
  /\b(sabado|saturday)\b/,
];

function timeIn(text: string): string | undefined {
  const { hour, minute = "00", half } = (TIME.exec(text) ?? BARE_HOUR.exec(text))?.groups ?? {};
  if (hour === undefined) return undefined;
  const hours = (Number(hour) % (half ? 12 : 24)) + (half === "pm" ? 12 : 0);
  return `${String(hours).padStart(2, "0")}:${minute}`;
}

function numberIn(text: string): number | undefined {
  const bare = text.replace(ISO_DATE, " ").replace(TIME, " ").replace(BARE_HOUR, " ");
  const number = /(?<![\w-])\d{1,3}(?![\w-])/.exec(bare)?.[0];
  return number === undefined ? undefined : Number(number);
}
