import { z } from "zod";
import { asksForPerson } from "../../lib/intents/asks-for-person.ts";
import type { IntentName } from "../../lib/intents/table.ts";
import { plain } from "../../lib/plain.ts";
import { type Brief, readBrief } from "./brief.ts";
import { classifyOffline, type Guess } from "./classify.ts";
import { exampleOf } from "./example-of.ts";
import { PHRASES } from "./phrases.ts";
import type { Answer, ParsedRequest } from "./protocol.ts";
import { tellResult } from "./tell-result.ts";

const YES = /^(si|claro|dale|ok|okay|por favor|yes|yeah|sure|please|sim|pode|quero)\b/;
const OFFERED_PERSON = /\b(persona|person|pessoa)\b/;
const ORDER_NUMBER = /(?<!\d)\d{3,12}(?!\d)/;
const NOT_WORDS = /^\s*\[[^\]]*\]\s*$/;
const ASKS_WHO = /\b(robot|bot|robo|ia|ai|chatgpt|quien eres|who are you|quem e voce)\b/;
const QUERY_CHARACTERS = 200;
const demandShape = z.object({ function: z.object({ name: z.string() }) });

/** What a sensible model would say or call next; the same request always gets the same answer. */
export function answerOffline(request: ParsedRequest): Answer {
  const brief = readBrief(request);
  if (request.kind === "classify") return { text: JSON.stringify(classification(request, brief)) };
  if (request.schema) return { text: JSON.stringify(exampleOf(request.schema)) };
  const told = tellResult(brief);
  if (told !== null) return { text: told };
  const intent = wantedIntent(brief, demandedTool(request));
  return callFor(intent, brief, request.tools) ?? { text: words(intent, brief) };
}

function classification({ schema }: ParsedRequest, brief: Brief): Record<string, unknown> {
  return { ...exampleOf(schema ?? {}), ...guess(brief), language: brief.language };
}

function guess({ text, lastReply }: Brief): Guess {
  if (YES.test(plain(text).trim()) && OFFERED_PERSON.test(plain(lastReply)))
    return { intent: "human_handoff", confidence: 0.85 };
  return classifyOffline(text);
}

/** The tool that must be called, or null. */
function demandedTool({ toolChoice }: ParsedRequest): string | null {
  return demandShape.safeParse(toolChoice).data?.function.name ?? null;
}

/** What a demanded tool is for; else the prompt's intent; when that is the general one, what the words say. */
function wantedIntent(brief: Brief, demanded: string | null): IntentName {
  if (demanded === "handoff") return brief.intent === "complaint" ? "complaint" : "human_handoff";
  if (demanded === "lookup") return ORDER_NUMBER.test(brief.text) ? "order_status" : "product_question";
  if (brief.intent !== null && brief.intent !== "general") return brief.intent;
  if (asksForPerson(brief.text)) return "human_handoff";
  const { intent, confidence } = guess(brief);
  return confidence >= 0.5 ? intent : "general";
}

function callFor(intent: IntentName, brief: Brief, tools: readonly string[]): Answer | null {
  const call = (name: string, input: object): Answer | null =>
    tools.includes(name) ? { toolCalls: [{ name, arguments: JSON.stringify(input) }] } : null;
  switch (intent) {
    case "order_status":
      return call("lookup", { source: "orders", query: ORDER_NUMBER.exec(brief.text)?.[0] ?? "all" });
    case "human_handoff":
      return call("handoff", { reason: "customer_request", summary: summary(brief) });
    case "complaint":
      return call("handoff", { reason: "complaint", summary: summary(brief) });
    case "product_question":
    case "general":
      if (isSmallTalk(brief)) return null;
      return call("lookup", {
        source: "knowledge",
        query: brief.text.slice(0, QUERY_CHARACTERS).toWellFormed(),
      });
    default:
      return null;
  }
}

function words(intent: IntentName, { language, company, customerName, text }: Brief): string {
  const phrases = PHRASES[language];
  if (intent === "greeting") return phrases.greeting(customerName, company);
  if (intent === "thanks_goodbye") return phrases.thanks;
  if (intent === "out_of_scope") return phrases.outOfScope(company);
  if (NOT_WORDS.test(text)) return phrases.cannotRead;
  if (ASKS_WHO.test(plain(text))) return phrases.assistant(company);
  return isGeneral(text) ? phrases.askMore : phrases.cannotLookUp;
}

/** Nothing that a look-up could answer: no words, "are you a robot?", "I need help". */
function isSmallTalk({ text }: Brief): boolean {
  return NOT_WORDS.test(text) || ASKS_WHO.test(plain(text)) || isGeneral(text);
}

function isGeneral(text: string): boolean {
  const { intent, confidence } = classifyOffline(text);
  return intent === "general" && confidence >= 0.6;
}

function summary({ language, text }: Brief): string {
  return PHRASES[language].handoffSummary(text.replace(/\s+/g, " ").slice(0, 300).toWellFormed());
}
