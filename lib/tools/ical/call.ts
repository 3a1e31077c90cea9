/** One look for free slots in a calendar. */
import { scheduleOf } from "../../hours/schedule.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool, IcalVia, OnBehalfOf } from "../../types/tools/declared.ts";
import type { Sent } from "../http/failure.ts";
import type { Sending } from "../http/send.ts";
import { answerOf } from "./answer.ts";
import { type Busy, busyIn } from "./busy.ts";
import { componentsIn } from "./calendar/components.ts";
import { eventsIn } from "./calendar/events.ts";
import { createSteps, FeedError } from "./calendar/feed-error.ts";
import { fetchFeed } from "./feed.ts";
import { fullTimes } from "./full.ts";
import { type Asked, askedOf } from "./input.ts";
import { freeSlots, type SlotRules } from "./slots.ts";
import { createRecurring, type Span } from "./times/recurrence.ts";
import { DAY_MS, instantOf, localOf, MINUTE_MS, namedZone, type Zone } from "./times/zone.ts";
import { createZones } from "./times/zones.ts";

type IcalTool = DeclaredTool & { via: IcalVia };
type Profile = OnBehalfOf["tenant"]["profile"];

/** Work that one feed may cost: half a second on a slow machine. */
const MOST_STEPS = 60_000;

/** Free slots of the opening hours, by the calendar as it is now. */
export async function callIcal(
  url: URL,
  tool: IcalTool,
  { input, profile }: { input: { [key: string]: Json }; profile: Profile },
  sending: Sending,
): Promise<Sent> {
  const { via } = tool;
  const rules = rulesOf(via, profile);
  if (rules === null || !profile) return failed("unknown_hours");
  const { zone } = rules;
  const nowMs = sending.clock.now();
  const asked = askedOf(input, via, localOf(zone, nowMs));
  if (asked === null) return failed("invalid_input");
  const feed = await fetchFeed(url, tool, sending);
  if (!feed.ok) return feed;
  try {
    const busy = await readFeed(feed.text, zone, spanOf(asked, zone));
    const free = freeSlots(rules, asked.dates, fullTimes(busy, via.capacity ?? 1));
    const earliestMs = nowMs + (via.noticeMinutes ?? 0) * MINUTE_MS;
    const instants = free.filter((atMs) => atMs >= earliestMs);
    const { timeZone } = profile;
    return {
      ok: true,
      answer: answerOf(asked, { instants, zone, timeZone, slotMinutes: via.slotMinutes, nowMs }),
    };
  } catch (error) {
    if (error instanceof FeedError) return failed(error.code);
    throw error;
  }
}

const failed = (code: string): Sent => ({ ok: false, code, mayHaveHappened: false, down: false });

/** What is busy within the span, by a feed's text. Throws FeedError. */
export async function readFeed(text: string, home: Zone, span: Span): Promise<Busy[]> {
  const calendars = componentsIn(text);
  // Loaded with the first calendar that is read.
  const { default: ical } = await import("ical.js");
  const steps = createSteps(MOST_STEPS);
  const recurring = createRecurring(ical, steps);
  const zones = createZones({ ical, recurring }, calendars, { home, span });
  return busyIn(eventsIn(ical, calendars, span), { zones, recurring, steps, span });
}

/** A day more on both sides, for what goes on after midnight. */
const spanOf = ({ dates }: Asked, zone: Zone): Span => ({
  fromMs: instantOf(zone, dates.firstMs - DAY_MS),
  toMs: instantOf(zone, dates.firstMs + (dates.count + 1) * DAY_MS),
});

/** Null: hours or zone are not known. The company's own holidays hold for hours of the tool's own too. */
function rulesOf({ hours, slotMinutes }: IcalVia, profile: Profile): SlotRules | null {
  const company = profile ? scheduleOf(profile) : null;
  const schedule = hours ? scheduleOf({ hours: "", openingHours: hours }) : company;
  const zone = profile ? namedZone(profile.timeZone) : null;
  if (!schedule || !zone) return null;
  const limits: SlotRules["limits"] = (hours && company?.exceptions) ?? new Map();
  return { schedule, limits, zone, slotMinutes };
}
