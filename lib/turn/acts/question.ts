import type { Language } from "../../types/company.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool } from "../../types/tools/declared.ts";
import type { ProposedAct } from "../../types/turn/acts.ts";
import type { Claim } from "../../types/turn-store.ts";
import { toWhatsApp } from "../../whatsapp/format/format.ts";
import { LIMITS } from "../../whatsapp/messages/limits.ts";
import { fill, templateIn } from "./fill.ts";

const USUAL_MINUTES = 10;
const MOST_MINUTES = 1_440;
/** Left for what stands above a question that is asked again. */
const ROOM = 150;

/** Why an act cannot be asked about: what the model is told. */
export interface NotAskable {
  error: string;
  hint: string;
}

/** An act with its question as Markdown. */
export interface Asking {
  act: ProposedAct;
  markdown: string;
}

/** The act of a tool with this input, as the customer is asked about it: in the company's words, never a model's. */
export function askAbout(
  declared: DeclaredTool,
  input: Json,
  language: Language,
  { tenant }: Pick<Claim, "tenant">,
): Asking | NotAskable {
  const asked = templateIn(declared.effect?.ask ?? {}, language, tenant.profile.language);
  if (!asked) return { error: "the customer cannot be asked", hint: "Offer a person instead." };
  const { text, missing, cut } = fill(asked.template, { input }, asked.language);
  if (missing.length > 0)
    return { error: `no value for ${missing.join(", ")}`, hint: "Ask the customer for it, then call again." };
  if (cut.length > 0) return { error: `too long: ${cut.join(", ")}`, hint: "Shorten it, then call again." };
  const shown = toWhatsApp(text);
  if (shown.length > LIMITS.interactiveBody - ROOM) return { error: "too long", hint: "Shorten the values." };
  if (LINK.test(shown) && !LINK.test(asked.template))
    return { error: "a value holds a link", hint: "Leave links out, then call again." };
  const id = crypto.randomUUID();
  const minutes = Math.min(Math.max(declared.effect?.minutes ?? USUAL_MINUTES, 1), MOST_MINUTES);
  const key = `act-${id}`;
  return {
    act: { id, declared, input, question: shown, language: asked.language, minutes, idempotencyKey: key },
    markdown: text,
  };
}

/** A value that a model chose must not lead a customer anywhere. */
const LINK = /:\\?\/\/|\bwww\./i;
