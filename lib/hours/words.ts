import { foldText } from "../language/fold.ts";
import { DAY_MINUTES, type Range, type Schedule } from "./range.ts";

/**
 * Opening hours as a company writes them, "Lunes a sábado de 10:00 a 20:00, domingos cerrado", in Spanish, English or Portuguese. Null
 * unless every word is understood and can mean one thing only: hours are never guessed.
 */
export function hoursInWords(text: string): Schedule | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const week: (Range[] | null)[] = [null, null, null, null, null, null, null];
  const reader = createReader(tokens);
  while (!reader.atEnd()) {
    const item = readItem(reader, uses24Hours(tokens));
    if (item === null) return null;
    for (const day of item.days) {
      // A day that is named twice is a rule with an exception.
      if (week[day]) return null;
      week[day] = item.ranges;
    }
  }
  if (week.every((ranges) => ranges === null)) return null;
  return { week: week.map((ranges) => ranges ?? []), exceptions: new Map() };
}

interface Time {
  kind: "time";
  minutes: number;
  half: "am" | "pm" | null;
  /** Written as on a clock of 24 hours: `09:00`, `14`. */
  is24: boolean;
}

type Token =
  | Time
  | { kind: "days"; days: readonly number[] }
  | { kind: "to" }
  | { kind: "and" }
  | { kind: "closed" };

/** Words for several days, and a named time zone, which the profile has as a field. */
const PHRASES: readonly [RegExp, string][] = [
  [
    /\((?:hora|horario) [a-z ]{1,40}\)|\([a-z ]{1,40} time\)|, (?:hora|horario) (?:de|do|da) [a-z ]{1,40}$/g,
    " ",
  ],
  [/\b(?:todos los dias|todos os dias|every day|daily|diariamente)\b/g, " everyday "],
  [/\b24 ?\/ ?7\b/g, " everyday 00:00-24:00 "],
  [/\b([ap])\. ?m\.|\b([ap])\.m\b/g, "$1$2m"],
  [/(\d ?[ap]) m\b/g, "$1m"],
];

const TOKEN =
  /\s*(?:(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2}))?(?!\d) ?(?<unit>am|pm|horas|hours|hrs|hs|h)?(?![a-z])|(?<word>[a-z]+(?:-feira)?)\.?|(?<sign>[-–—,;:/&.\n]))/y;

/** Null for anything that is not understood. */
function tokensOf(text: string): Token[] | null {
  let rest = foldText(text)
    .replace(/[^\S\n]+/g, " ")
    .trim();
  for (const [phrase, put] of PHRASES) rest = rest.replace(phrase, put);
  rest = rest.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < rest.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(rest)?.groups;
    const token = found && (found.hour ? timeOf(found) : wordOf(found.word ?? found.sign ?? ""));
    if (!token) return null;
    if (token !== "filler") tokens.push(token);
  }
  return tokens;
}

function timeOf({ hour = "", minute = "00", unit = "" }: Record<string, string | undefined>): Time | null {
  const half = unit === "am" || unit === "pm" ? unit : null;
  const hours = Number(hour);
  const minutes = Number(minute);
  if (minutes > 59 || (half ? hours < 1 || hours > 12 : hours * 60 + minutes > DAY_MINUTES)) return null;
  const is24 = half === null && (hours > 12 || hour.startsWith("0"));
  return {
    kind: "time",
    minutes: (half ? (hours % 12) + (half === "pm" ? 12 : 0) : hours) * 60 + minutes,
    half,
    is24,
  };
}

const DAYS: readonly string[] = [
  "domingo domingos dom d sunday sundays sun",
  "lunes lun l monday mondays mon segunda segundas segunda-feira seg",
  "martes mar tuesday tuesdays tue tues terca tercas terca-feira ter",
  "miercoles mie mier wednesday wednesdays wed quarta quartas quarta-feira qua",
  "jueves jue thursday thursdays thu thur thurs quinta quintas quinta-feira qui",
  "viernes vie v friday fridays fri sexta sextas sexta-feira sex",
  "sabado sabados sab s saturday saturdays sat",
];
const WORDS = new Map<string, Token | "filler">([
  ...DAYS.flatMap((names, day) =>
    names.split(" ").map((name): [string, Token] => [name, { kind: "days", days: [day] }]),
  ),
  ["everyday", { kind: "days", days: [0, 1, 2, 3, 4, 5, 6] }],
  ["weekdays", { kind: "days", days: [1, 2, 3, 4, 5] }],
  ...words("a al as to until till through hasta ate - – —", { kind: "to" }),
  ...words("y e and & , ; / . \n", { kind: "and" }),
  ...words("cerrado cerrados cerramos closed fechado fechados fechamos", { kind: "closed" }),
  ...words("de desde das do da dos from the on at in los las el la aos ao nas nos os o en em :", "filler"),
  ...words("abierto abrimos atendemos open aberto abertos horario hours", "filler"),
]);

function words(list: string, token: Token | "filler"): [string, Token | "filler"][] {
  return list.split(" ").map((word) => [word, token]);
}

const wordOf = (word: string): Token | "filler" | null => WORDS.get(word) ?? null;

const uses24Hours = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => token.kind === "time" && token.is24);

interface Reader {
  atEnd(): boolean;
  /** The next token if it is of this kind, and then the one after it is next. */
  take<Kind extends Token["kind"]>(kind: Kind): Extract<Token, { kind: Kind }> | null;
  /** Goes back to an earlier place. */
  place(): number;
  back(place: number): void;
}

function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  return {
    atEnd: () => at >= tokens.length,
    take<Kind extends Token["kind"]>(kind: Kind) {
      const token = tokens[at];
      if (token?.kind !== kind) return null;
      at += 1;
      return token as Extract<Token, { kind: Kind }>;
    },
    place: () => at,
    back: (place) => {
      at = place;
    },
  };
}

/** Days with their hours, or days that are closed; with the separators around them. */
function readItem(reader: Reader, is24: boolean): { days: number[]; ranges: Range[] } | null {
  skipAnds(reader);
  const closed = reader.take("closed") !== null;
  const days = readDays(reader);
  if (days === null || new Set(days).size < days.length) return null;
  skipAnds(reader);
  const ranges = closed || reader.take("closed") ? [] : readRanges(reader, is24);
  skipAnds(reader);
  return ranges && { days, ranges };
}

function skipAnds(reader: Reader): void {
  while (reader.take("and"));
}

/** `lunes a viernes y domingos`. */
function readDays(reader: Reader): number[] | null {
  const days: number[] = [];
  for (let place = reader.place(); ; place = reader.place()) {
    if (days.length > 0) skipAnds(reader);
    const from = reader.take("days");
    if (!from) {
      reader.back(place);
      return days.length > 0 ? days : null;
    }
    const to = reader.take("to") ? reader.take("days") : from;
    if (!to) return null;
    days.push(...(to === from ? from.days : daysBetween(from.days, to.days)));
  }
}

function daysBetween([first = 0]: readonly number[], [last = 0]: readonly number[]): number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => (first + at) % 7);
}

/** `9:00 a 13:00 y 15:00 a 19:00`, apart from each other. */
function readRanges(reader: Reader, is24: boolean): Range[] | null {
  const ranges: Range[] = [];
  for (let place = reader.place(); ; place = reader.place()) {
    if (ranges.length > 0) skipAnds(reader);
    const from = reader.take("time");
    if (!from) {
      reader.back(place);
      return ranges.length > 0 ? ranges : null;
    }
    const to = reader.take("to") ? reader.take("time") : null;
    const range = to ? rangeOf(from, to, is24) : allDay(from);
    if (range === null || ranges.some((other) => range.from <= other.to && other.from <= range.to))
      return null;
    ranges.push(range);
  }
}

/** "24 horas". */
const allDay = ({ minutes }: Time): Range | null =>
  minutes === DAY_MINUTES ? { from: 0, to: DAY_MINUTES } : null;

/** Earliest that a shop opens whose hours do not say which half of the day is meant. */
const EARLY = 5 * 60;
const NOON = 12 * 60;

/** Null when it could be another range: `9 a 6`, `2 a 6`, `9 to 5pm`. */
function rangeOf(from: Time, to: Time, is24: boolean): Range | null {
  if (from.minutes === to.minutes || (from.half === null) !== (to.half === null)) return null;
  const overnight = to.minutes < from.minutes;
  const certain = from.half !== null || (is24 && (from.is24 || (from.minutes >= EARLY && !overnight)));
  if (!certain || (overnight && from.minutes < NOON)) return null;
  return { from: from.minutes, to: overnight ? to.minutes + DAY_MINUTES : to.minutes };
}
