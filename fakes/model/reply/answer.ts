import { z } from "zod";
import { asksForPerson } from "../../../lib/intents/asks-for-person.ts";
import type { IntentName } from "../../../lib/intents/table.ts";
import { foldText } from "../../../lib/language/fold.ts";
import type { Answer, ParsedRequest } from "../protocol/request.ts";
import { answerFromResult } from "./answer-from-result.ts";
import { type Brief, readBrief } from "./brief.ts";
import { classifyOffline, type Guess } from "./classify.ts";
import { callDeclared } from "./declared.ts";
import { exampleOf } from "./example-of.ts";
import { offerChoices } from "./offer.ts";
import { PHRASES } from "./phrases/phrases.ts";
import { answerWithoutWords, framed } from "./without-words.ts";

const YES = /^(si|claro|dale|ok|okay|por favor|yes|yeah|sure|please|sim|pode|quero)\b/;
const OFFERED_PERSON = /\b(persona|person|pessoa)\b/;
const ORDER_NUMBER = /(?<!\d)\d{3,12}(?!\d)/;
const NEAREST =
  /\b(mas cerca|cercan[ao]s?|cerca de mi|nearest|closest|near me|mais proxim[ao]s?|perto de mim|mais perto)\b|\b(donde|where|onde)\b.*\b(recojo|recoger|retirar|retiro|pick (it |them )?up|collect)\b/;
const ASKS_WHO = /\b(robot|bot|robo|ia|ai|chatgpt|quien eres|who are you|quem e voce)\b/;
const QUERY_CHARACTERS = 200;
const demandShape = z.object({ function: z.object({ name: z.string() }) });

/** Answers or calls a tool as a sensible model would; the same request always gets the same answer. */
export function answerOffline(request: ParsedRequest): Answer {
  const brief = readBrief(request);
  if (request.kind === "classify") return { text: JSON.stringify(classification(request, brief)) };
  if (request.schema) return { text: JSON.stringify(exampleOf(request.schema)) };
  const choices = offerChoices(brief, request.tools);
  if (choices !== null) return choices;
  const intent = wantedIntent(brief, demandedTool(request));
  const act = actFor(intent, brief, request.tools);
  if (act !== null) return act;
  const declared = callDeclared(brief, request);
  if (declared !== null) return declared;
  const fromResult = answerFromResult(brief);
  if (fromResult !== null) return { text: framed(fromResult, brief) };
  return (
    callFor(intent, brief, request.tools) ?? {
      text: answerWithoutWords(brief) ?? framed(words(intent, brief), brief),
    }
  );
}

function classification({ schema }: ParsedRequest, brief: Brief): Record<string, unknown> {
  return { ...exampleOf(schema ?? {}), ...guess(brief), language: brief.language };
}

function guess({ text, sent, lastReply, system }: Brief): Guess {
  if (text === "" && sent.kinds.length > 0)
    return { intent: sent.kinds.includes("welcome") ? "greeting" : "general", confidence: 0.9 };
  if (YES.test(foldText(text).trim()) && OFFERED_PERSON.test(foldText(lastReply)))
    return { intent: "human_handoff", confidence: 0.85 };
  return classifyOffline(text, system);
}

/** The tool that the request demands, or null; of several the first. */
function demandedTool({ toolChoice, tools }: ParsedRequest): string | null {
  if (toolChoice === "required") return tools[0] ?? null;
  return demandShape.safeParse(toolChoice).data?.function.name ?? null;
}

/** The intent behind a demanded tool, else that of the prompt; when it is general, the intent of the words. */
function wantedIntent(brief: Brief, demanded: string | null): IntentName {
  if (demanded === "handoff") return brief.intent === "complaint" ? "complaint" : "human_handoff";
  if (demanded === "lookup") return ORDER_NUMBER.test(brief.text) ? "order_status" : "product_question";
  if (brief.intent !== null && brief.intent !== "general") return brief.intent;
  if (asksForPerson(brief.text)) return "human_handoff";
  const { intent, confidence } = guess(brief);
  return confidence >= 0.5 ? intent : "general";
}

const call = (tools: readonly string[], name: string, input: object): Answer | null =>
  tools.includes(name) ? { toolCalls: [{ name, arguments: JSON.stringify(input) }] } : null;

/** What must be done whatever was looked up already, once. */
function actFor(intent: IntentName, brief: Brief, tools: readonly string[]): Answer | null {
  const isDone = (name: string) => brief.results.some(({ tool }) => tool === name);
  if (brief.sent.kinds.includes("order") && !isDone("handoff"))
    return call(tools, "handoff", { reason: "other", summary: cartSummary(brief) });
  const mayAsk = intent === "product_question" || intent === "general";
  if (mayAsk && asksForNearest(brief) && !isDone("request_location"))
    return call(tools, "request_location", {});
  return null;
}

function callFor(intent: IntentName, brief: Brief, tools: readonly string[]): Answer | null {
  switch (intent) {
    case "order_status":
      return call(tools, "lookup", { source: "orders", query: ORDER_NUMBER.exec(brief.text)?.[0] ?? "all" });
    case "human_handoff":
      return call(tools, "handoff", { reason: "customer_request", summary: summary(brief) });
    case "complaint":
      return call(tools, "handoff", { reason: "complaint", summary: summary(brief) });
    case "product_question":
    case "general": {
      const query = questionOf(brief);
      return query === null ? null : call(tools, "lookup", { source: "knowledge", query });
    }
    default:
      return null;
  }
}

/** True when the answer depends on a location that the customer has not shared. */
function asksForNearest({ text, sent }: Brief): boolean {
  return NEAREST.test(foldText(text)) && !sent.kinds.includes("location");
}

/** Question to the knowledge base: the words, or the shops' addresses for a shared location; null for neither. */
function questionOf(brief: Brief): string | null {
  const { text, sent, language } = brief;
  if (text === "" && sent.kinds.includes("location")) return PHRASES[language].whereIsTheShop;
  if (isSmallTalk(brief) || answerWithoutWords(brief) !== null) return null;
  return text.slice(0, QUERY_CHARACTERS).toWellFormed();
}

function words(intent: IntentName, { language, company, customerName, text }: Brief): string {
  const phrases = PHRASES[language];
  if (intent === "greeting") return phrases.greeting(customerName, company);
  if (intent === "thanks_goodbye") return phrases.thanks;
  if (intent === "out_of_scope") return phrases.outOfScope(company);
  if (ASKS_WHO.test(foldText(text))) return phrases.assistant(company);
  return isGeneral(text) ? phrases.askMore : phrases.cannotLookUp;
}

/** True when no look-up can answer: "are you a robot?", "I need help". */
function isSmallTalk({ text }: Brief): boolean {
  return ASKS_WHO.test(foldText(text)) || isGeneral(text);
}

function isGeneral(text: string): boolean {
  const { intent, confidence } = classifyOffline(text);
  return intent === "general" && confidence >= 0.6;
}

function summary({ language, text }: Brief): string {
  return PHRASES[language].handoffSummary(text.replace(/\s+/g, " ").slice(0, 300).toWellFormed());
}

function cartSummary({ language, sent }: Brief): string {
  return PHRASES[language].cartSummary((sent.details.order ?? "").slice(0, 300).toWellFormed());
}
