import { type CartProblem, cartWords } from "../../language/carts.ts";
import type { Language } from "../../types/company.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { DeclaredTool, ToolRunner } from "../../types/tools/declared.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim } from "../../types/turn-store.ts";
import { questionButtons } from "../acts/buttons.ts";
import { type Asking, askAbout } from "../acts/question.ts";
import { likelyLanguage } from "../answer/classify.ts";
import { fixed, type Reply } from "../answer/reply.ts";
import { joined, restOf } from "../settle/settle.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";
import { readCart } from "./read.ts";

/** What is said about a customer's cart. */
export interface TakenCart {
  /** The question, or why there is none. */
  reply: Reply;
  /** The claim with what is left to answer; null when that is nothing. */
  rest: Claim | null;
}

type CartTurn = Pick<Turn<Pick<TurnDeps, "runner">>, "claim" | "journal" | "deps">;

/**
 * The question about a cart that the customer has sent from the catalogue, made by code without a model, where the company has a tool that
 * takes carts; null where there is no cart or no such tool: then it is a message like any other.
 */
export async function takeCart({ claim, journal, deps }: CartTurn): Promise<TakenCart | null> {
  const carts = claim.pending.filter(({ type }) => type === "order");
  const tool = claim.tenant.tools?.find(({ takes, effect }) => takes === "order" && effect);
  if (carts.length === 0 || !tool || !deps.runner) return null;
  const language = likelyLanguage(claim);
  const asking = await askingOf(carts, { claim, tool, language, runner: deps.runner });
  if (typeof asking === "string") journal.failed("cart", asking);
  const reply = typeof asking === "string" ? declined(asking, language) : asked(asking);
  journal.note({ rung: "fixed", language: reply.language, decidedBy: "default" });
  const pending = claim.pending.filter((message) => !carts.includes(message));
  if (pending.length === 0) return { reply, rest: null };
  const rest = restOf(claim, { answered: new Set(carts), pending, reply });
  // One reply asks about one act.
  return { reply, rest: { ...rest, tenant: withoutEffects(rest.tenant) } };
}

/** The reply about a cart with the reply to the rest of the burst; the question stands last, above its buttons. */
export function withRest(about: Reply, rest: Reply | null): Reply {
  if (!rest || !about.act) return joined(about, rest);
  // Who asks for a person gets one, who reads the cart too.
  if (rest.handoff) return rest;
  const { toKeep: _forNobodyElse, ...said } = rest;
  const { act, extra, language } = about;
  return { ...said, markdown: `${rest.markdown}\n\n${about.markdown}`, act, extra, language };
}

interface Asked {
  claim: Claim;
  tool: DeclaredTool;
  language: Language;
  runner: ToolRunner;
}

async function askingOf(
  [message, ...more]: readonly StoredMessage[],
  { claim, tool, language, runner }: Asked,
): Promise<Asking | CartProblem> {
  if (!message || more.length > 0) return "several";
  const cart = readCart(message);
  if (typeof cart === "string") return cart;
  const input = await runner.checked(tool, cart);
  if (input === null) return "too_large";
  const asking = askAbout(tool, input, language, claim);
  return "error" in asking ? "not_askable" : asking;
}

const asked = ({ act, markdown }: Asking): Reply => ({
  ...fixed(markdown, act.language, null),
  extra: questionButtons(act.id, act.language),
  act,
});

const declined = (problem: CartProblem, language: Language): Reply =>
  fixed(cartWords(problem, language), language, problem === "empty" ? null : personFor(problem));

const personFor = (problem: CartProblem): HandoffRequest => ({
  reason: "not_able",
  summary: `The customer sent a cart that could not be handed over to the company's system by itself (${problem}): it is in the conversation. Please take it from there.`,
});

const withoutEffects = (tenant: Claim["tenant"]): Claim["tenant"] => ({
  ...tenant,
  tools: (tenant.tools ?? []).filter(({ effect }) => !effect),
});
