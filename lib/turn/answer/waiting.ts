import { endOfWait, openAt } from "../../hours/open-at.ts";
import type { Schedule } from "../../hours/range.ts";
import { scheduleOf } from "../../hours/schedule.ts";
import { wallClock, wallText } from "../../hours/wall-clock.ts";
import { fieldOf, fieldsOf, listOf } from "../../json/lenient.ts";
import { type LocalMoment, stillWaiting, waitingChoices, whenBack, yesOrNo } from "../../language/waiting.ts";
import type { Language } from "../../types/company.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim, HandoffNotice, HandoffWait } from "../../types/turn-store.ts";
import { describeOutbound, replyMessages } from "../../whatsapp/messages/reply.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";

/** Ids of the buttons under a notice. */
const GO_ON = "go_on";
const WAIT_FOR_PERSON = "wait_for_person";

type WaitingTurn = Pick<Turn<Pick<TurnDeps, "clock" | "limits">>, "claim" | "deps">;

/** The wait that begins with this handoff: when it is over, within opening hours as far as they are known, and what is said then. */
export function waitFor(
  { reason }: HandoffRequest,
  language: Language,
  { claim, deps }: WaitingTurn,
): HandoffWait {
  const company = claim.tenant.profile;
  const wait = { fromMs: deps.clock.now(), waitMs: deps.limits.handoffWaitMs, timeZone: company.timeZone };
  // Another bot waits for nobody.
  if (reason === "repeating") return { dueAtMs: wait.fromMs + wait.waitMs, notices: {} };
  const waiting = notice(stillWaiting(language), language);
  try {
    const schedule = scheduleOf(company);
    const dueAtMs = endOfWait(schedule, wait);
    const closed = schedule && firstClosure(schedule, wait.fromMs, dueAtMs, company.timeZone);
    if (!closed) return { dueAtMs, notices: { waiting } };
    const away = {
      ...notice(whenBack(language, localMoment(closed.untilMs, company.timeZone, wait.fromMs)), language),
      ...closed,
    };
    return { dueAtMs, notices: { waiting, away } };
  } catch {
    // Without a time zone the clock counts.
    return { dueAtMs: wait.fromMs + wait.waitMs, notices: { waiting } };
  }
}

/** What the customer says to our offer to go on, by a tap or in a word; null for anything else. */
export function answerToOffer({
  pending,
  history,
}: Pick<Claim, "pending" | "history">): "go_on" | "wait" | null {
  const [message, more] = pending;
  if (!message || more) return null;
  const tapped = fieldOf(fieldsOf(fieldOf(fieldsOf(message.content), "button_reply")), "id");
  if (tapped === GO_ON) return "go_on";
  if (tapped === WAIT_FOR_PERSON) return "wait";
  const last = history.findLast(({ direction }) => direction === "out");
  const offered = listOf(fieldOf(fieldsOf(last?.content), "buttons")).some(
    (button) => fieldOf(fieldsOf(button), "id") === GO_ON,
  );
  if (!offered || message.type !== "text") return null;
  const agreed = yesOrNo(message.text ?? "");
  return agreed && (agreed === "yes" ? "go_on" : "wait");
}

function notice(words: string, language: Language): HandoffNotice {
  const { goOn, wait } = waitingChoices(language);
  const options = [
    { id: GO_ON, title: goOn },
    { id: WAIT_FOR_PERSON, title: wait },
  ];
  const [message] = replyMessages(words, { kind: "choices", options, button: goOn });
  if (!message) throw new Error("a notice without words");
  return { message, text: describeOutbound(message) };
}

const SIX_DAYS_MS = 6 * 86_400_000;

function localMoment(atMs: number, timeZone: string, nowMs: number): LocalMoment {
  const wallMs = wallClock(timeZone)(atMs);
  const text = wallText(wallMs);
  const date = atMs - nowMs > SIX_DAYS_MS ? { month: text.slice(5, 7), day: text.slice(8, 10) } : null;
  return { weekday: new Date(wallMs).getUTCDay(), date, time: text.slice(11) };
}

/** The first closed hours of a wait; null when there are none, or no end of them is known. */
function firstClosure(
  schedule: Schedule,
  fromMs: number,
  dueAtMs: number,
  timeZone: string,
): { fromMs: number; untilMs: number } | null {
  const opening = openAt(schedule, fromMs, timeZone);
  if (opening.open && (opening.until === null || opening.until >= dueAtMs)) return null;
  const closesMs = opening.open ? (opening.until ?? fromMs) : fromMs;
  const next = opening.open ? openAt(schedule, closesMs, timeZone) : opening;
  return next.open || next.opensAt === null ? null : { fromMs: closesMs, untilMs: next.opensAt };
}
