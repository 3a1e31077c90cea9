import { type ActWord, actWords } from "../../language/acts.ts";
import { handoffOpened } from "../../language/texts.ts";
import type { Language } from "../../types/company.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Act, ActState, ProposedAct } from "../../types/turn/acts.ts";
import type { Claim } from "../../types/turn-store.ts";
import type { ActAnswer } from "../acts/answers.ts";
import { type ActButton, failureButtons, questionButtons } from "../acts/buttons.ts";
import { fill, templateIn } from "../acts/fill.ts";
import { askAbout } from "../acts/question.ts";
import { isDeclared } from "../acts/same-tool.ts";
import { fixed, type Reply } from "../answer/reply.ts";

/** An act after its answers; null when no act of this conversation has the button. */
export interface Settled {
  act: Act | null;
  said: ActButton | null;
  answers: readonly ActAnswer[];
}

interface Around {
  claim: Claim;
  /** Where no act says it. */
  language: Language;
  /** True when a question that is over is asked again. */
  asksAgain: boolean;
}

/** What is said about one act. */
interface Said {
  words: string;
  extra?: ReplyExtra;
  handoff?: HandoffRequest;
  asks?: ProposedAct;
}

/** The reply that says what became of acts; the last that asks something has its buttons. */
export function replyAbout(settled: readonly Settled[], around: Around): Reply {
  const said = settled.map((each) => sayAbout(each, around));
  const asking = said.findLast(({ extra }) => extra !== undefined);
  const language = settled.findLast(({ act }) => act !== null)?.act?.language ?? around.language;
  const handoff = said.find((each) => each.handoff)?.handoff ?? null;
  return {
    ...fixed([...new Set(said.map(({ words }) => words))].join("\n\n"), language, handoff),
    extra: handoff ? null : (asking?.extra ?? null),
    act: handoff ? null : (asking?.asks ?? null),
    actsTold: settled.flatMap(({ act }) => (act && ENDED.has(act.state) ? act.id : [])),
  };
}

const ENDED: ReadonlySet<ActState> = new Set(["executed", "failed", "unknown", "expired", "cancelled"]);

function sayAbout(settled: Settled, around: Around): Said {
  const { act, said } = settled;
  if (!act) return { words: actWords("notYours", around.language) };
  const word = (name: ActWord): string => actWords(name, act.language);
  if (said === "person") return { words: handoffOpened(act.language), handoff: personFor(act) };
  switch (act.state) {
    case "executed":
      return { words: isRepeated(settled) ? `${word("alreadyDone")} ${doneWords(act)}` : doneWords(act) };
    case "failed":
      if (said === "again") return asked(act, around, "askedAgain") ?? { words: word("changed") };
      return { words: refusalWords(act) ?? word("failed"), extra: failureButtons(act.id, act.language) };
    case "unknown":
      return { words: word("unknown"), ...(act.told ? {} : { handoff: unknownFor(act) }) };
    case "expired":
      return asked(act, around, "expired") ?? { words: word("expiredTellUs") };
    case "cancelled":
      return { words: word(CANCELLED[act.code ?? ""] ?? "cancelled") };
    case "awaiting_approval":
    case "confirmed":
      return { words: word("awaitingApproval") };
    // Nothing was taken from the answer: the question stands.
    case "proposed":
    case "executing":
      return asked(act, around, "askedAgain") ?? { words: word("expiredTellUs") };
  }
}

const CANCELLED: Readonly<Record<string, ActWord>> = {
  customer: "cancelled",
  superseded: "superseded",
  changed: "changed",
  refused: "refused",
};

/** True when it was done for an answer before this one. */
const isRepeated = ({ act, answers }: Settled): boolean =>
  act !== null && answers.length > 0 && !answers.some(({ message }) => message.id === act.answeredBy);

/** What the company says when it is done, with what its system answered. */
function doneWords({ declared, input, answer, language }: Act): string {
  const found = templateIn({ [language]: declared.effect?.done[language] ?? "" }, language);
  const filled = found && fill(found.template, { input, answer }, found.language);
  return filled && filled.missing.length === 0 ? filled.text : actWords("done", language);
}

/** What the company says when its system refused it for that reason; null where it says nothing. */
function refusalWords({ declared, input, code, language }: Act): string | null {
  const [, status = ""] = /^http_(4\d\d)$/.exec(code ?? "") ?? [];
  const refused = declared.effect?.refused ?? {};
  const words = Object.hasOwn(refused, status) ? refused[status]?.[language] : undefined;
  const filled = words === undefined ? null : fill(words, { input }, language);
  return filled && filled.missing.length === 0 ? filled.text : null;
}

/** The question once more, as a new act; null when it cannot be asked, or not now. */
function asked(act: Act, { claim, asksAgain }: Around, above: ActWord): Said | null {
  if (!asksAgain || !isDeclared(act.declared, claim.tenant.tools)) return null;
  const again = askAbout(act.declared, act.input, act.language, claim);
  if ("error" in again) return null;
  return {
    words: `${actWords(above, again.act.language)}\n\n${again.markdown}`,
    extra: questionButtons(again.act.id, again.act.language),
    asks: again.act,
  };
}

const unknownFor = ({ tool, id }: Act): HandoffRequest => ({
  reason: "act_unknown",
  summary: `The company's system gave no answer to ${tool}, which the customer had confirmed: it may have been done or not. Please look it up there and tell the customer (act ${id}).`,
});

const personFor = ({ tool, id }: Act): HandoffRequest => ({
  reason: "customer_request",
  summary: `${tool}, which the customer had confirmed, could not be done (act ${id}).`,
});
