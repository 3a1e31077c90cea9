/** What is asked of a calendar: the same for every one. */
import { fieldOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";
import type { IcalVia, JsonSchema } from "../../types/tools/declared.ts";
import type { Dates } from "./slots.ts";
import { DAY_MS } from "./times/zone.ts";

const MOST_DAYS = 14;
const USUAL_DAYS = 7;
const USUAL_AHEAD_DAYS = 30;

/** Hours of a day, `to` not included. */
const PARTS = { morning: [0, 12], afternoon: [12, 18], evening: [18, 24] } as const;

/** Input of every tool that reads a calendar. */
export const ICAL_INPUT: JsonSchema = {
  type: "object",
  properties: {
    from: { type: "string", format: "date", description: "First day, as 2026-12-31; today without it" },
    days: {
      type: "integer",
      minimum: 1,
      maximum: MOST_DAYS,
      description: `Number of days; ${USUAL_DAYS} without it. Of fewer days more slots are listed`,
    },
    part_of_day: {
      type: "string",
      enum: Object.keys(PARTS),
      description:
        "Only slots that begin before 12:00 (morning), from 12:00 on (afternoon) or from 18:00 on (evening)",
    },
  },
};

/** Which slots are asked for. */
export interface Asked {
  /** None: all of it is over, or too far ahead. */
  dates: Dates;
  /** The last date that can be asked for, as local midnight. */
  lastMs: number;
  isInPart(localMs: number): boolean;
}

/** Reads an input that fits the schema; null for a date that there is none. */
export function askedOf(
  input: { [key: string]: Json },
  { daysAhead = USUAL_AHEAD_DAYS }: IcalVia,
  nowLocalMs: number,
): Asked | null {
  const todayMs = Math.floor(nowLocalMs / DAY_MS) * DAY_MS;
  const lastMs = todayMs + daysAhead * DAY_MS;
  const from = fieldOf(input, "from");
  const fromMs = from === undefined ? todayMs : Date.parse(`${from}T00:00Z`);
  if (Number.isNaN(fromMs) || (from !== undefined && isoDate(fromMs) !== from)) return null;
  const days = Number(fieldOf(input, "days") ?? USUAL_DAYS);
  const firstMs = Math.max(fromMs, todayMs);
  const endMs = Math.min(fromMs + days * DAY_MS, lastMs + DAY_MS);
  const part = PARTS[String(fieldOf(input, "part_of_day")) as keyof typeof PARTS];
  return {
    dates: { firstMs, count: Math.max(Math.round((endMs - firstMs) / DAY_MS), 0) },
    lastMs,
    isInPart(localMs) {
      const hour = Math.floor((localMs % DAY_MS) / 3_600_000);
      return part === undefined || (hour >= part[0] && hour < part[1]);
    },
  };
}

/** `2026-12-31` of a local time. */
export const isoDate = (localMs: number): string => new Date(localMs).toISOString().slice(0, 10);
