import { intentByWords } from "../intents/by-words.ts";
import { returnedNote } from "../language/operators.ts";
import { backAgain } from "../language/waiting.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { AbsentOperators, IdleConversation, ReturnOrder } from "../types/handover.ts";
import type { Absence } from "../types/notifier.ts";

/** Conversations, and handoffs, of one call; the next call takes the next ones. */
const BATCH = 50;

type AbsenceDeps = TurnDeps & { absent: AbsentOperators };

/** Reports handoffs that nobody took in time, each once; again only when nobody could be told. Never throws. */
export async function reportUntaken({
  absent,
  notifier,
  log,
}: Pick<AbsenceDeps, "absent" | "notifier" | "log">): Promise<void> {
  try {
    for (const { companyName, companyLanguage, waiting: count, longestS, handoffIds } of await absent.untaken(
      BATCH,
    )) {
      log.warn("handoff.waiting", { waiting: count });
      const told = await notifier.absence({ kind: "untaken", companyName, companyLanguage, count, longestS });
      if (!told) await absent.notReported(handoffIds);
    }
  } catch (error) {
    log.warn("notify.failed", { code: errorCode(error), attempt: 1 });
  }
}

/** Gives conversations back to the bot that operators left alone, tells both sides, and answers what nobody answered. Never throws. */
export async function returnIdle(deps: AbsenceDeps): Promise<void> {
  const returned: Returned[] = [];
  try {
    for (const idle of await deps.absent.idle(BATCH)) {
      const done = await deps.absent.giveBack(orderFor(idle));
      if (done) returned.push({ ...idle, ...done });
    }
  } catch (error) {
    deps.log.warn("return.failed", { code: errorCode(error) });
  }
  if (returned.length === 0) return;
  deps.log.info("return.ran", { returned: returned.length });
  await runAll(
    returned.map(({ conversationId }) => conversationId),
    deps,
    null,
  );
  for (const absence of absences(returned)) await deps.notifier.absence(absence);
}

type Returned = IdleConversation & { companyName: string };

/** What the customer hears: nothing when they wait for nothing, or when they may not be written to. */
function orderFor({
  conversationId,
  why,
  optedOut,
  waitingS,
  companyLanguage,
  language,
  unanswered,
}: IdleConversation): ReturnOrder {
  const useful = why === "waiting" && !optedOut && !onlyThanks(unanswered);
  const text = backAgain(language);
  return {
    ...{ conversationId, why },
    notice: useful ? { message: { kind: "text", text }, text } : null,
    answer: useful && unanswered.length > 0,
    note: returnedNote(companyLanguage, useful && waitingS !== null ? Math.round(waitingS / 60) : null),
  };
}

/** True when all that nobody answered is a thank-you or a goodbye. */
const onlyThanks = (texts: readonly string[]): boolean =>
  texts.length > 0 && texts.every((text) => intentByWords(text, false)?.intent === "thanks_goodbye");

/** One for each company, of the customers who had waited. */
function absences(returned: readonly Returned[]): Absence[] {
  const byCompany = new Map<string, Absence>();
  for (const { companyName, companyLanguage, why, waitingS } of returned) {
    if (why !== "waiting") continue;
    const { count = 0, longestS = 0 } = byCompany.get(companyName) ?? {};
    const longest = Math.max(longestS, waitingS ?? 0);
    byCompany.set(companyName, {
      kind: "returned",
      companyName,
      companyLanguage,
      count: count + 1,
      longestS: longest,
    });
  }
  return [...byCompany.values()];
}
