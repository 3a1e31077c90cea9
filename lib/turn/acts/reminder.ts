import { instantOf } from "../../hours/instant.ts";
import { outsideQuiet, quietHoursOf } from "../../hours/quiet.ts";
import type { Json } from "../../types/json.ts";
import type { Remind } from "../../types/tools/declared.ts";
import type { Act, ActReminder, KeptReminder } from "../../types/turn/acts.ts";
import type { Claim } from "../../types/turn-store.ts";
import { exactly, plainly, templateIn } from "./fill.ts";

const MINUTE_MS = 60_000;
/** Nobody is reminded at night, unless the company says so. */
const QUIET = "21:00-08:00";

/** What an executed act does to reminders; `missing` names the field of the declaration for which the system's answer has no value. */
export interface ReminderOfAct {
  reminder: ActReminder | null;
  missing: "at" | "key" | "template" | "values" | "forget" | null;
}

/** The reminder of an act that was executed with this answer, and the one that it makes pointless. */
export function reminderOf(
  act: Pick<Act, "declared" | "input" | "language">,
  answer: Json,
  { tenant }: Pick<Claim, "tenant">,
  nowMs: number,
): ReminderOfAct {
  const { remind, forget } = act.declared.effect ?? {};
  if (!remind && forget === undefined) return { reminder: null, missing: null };
  const gone = forget === undefined ? null : exactly(forget, { input: act.input, answer });
  const kept = remind ? keptReminder(remind, { ...act, answer, nowMs }, tenant.profile) : null;
  const keep = typeof kept === "string" ? null : kept;
  const missing = typeof kept === "string" ? kept : forget !== undefined && gone === null ? "forget" : null;
  return { reminder: { forget: gone, keep }, missing };
}

function keptReminder(
  remind: Remind,
  { language, nowMs, ...values }: Pick<Act, "input" | "language"> & { answer: Json; nowMs: number },
  profile: Claim["tenant"]["profile"],
): KeptReminder | Exclude<ReminderOfAct["missing"], "forget" | null> {
  const startsAtMs = instantOf(exactly(remind.at, values) ?? "", profile.timeZone);
  if (startsAtMs === null) return "at";
  const key = exactly(remind.key, values);
  if (key === null) return "key";
  const found = templateIn(remind.template.languageCodes, language, profile.language);
  if (!found) return "template";
  const words = remind.values.map((value) => plainly(value, values, found.language));
  if (words.includes(null)) return "values";
  const quiet = quietHoursOf(remind.quiet ?? QUIET);
  const due = { quiet, timeZone: profile.timeZone, nowMs, startsAtMs };
  return {
    ...{ key, startsAtMs, dueAtMs: outsideQuiet(startsAtMs - remind.before * MINUTE_MS, due) },
    ...{ template: remind.template.name, languageCode: found.template },
    values: words.map((word) => word ?? ""),
  };
}
