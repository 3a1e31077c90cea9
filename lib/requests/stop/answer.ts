import { clausesOf } from "../clauses.ts";
import { stopRequest } from "./request.ts";

const YES =
  /^(?:si|sim|yes|yep|yeah|y|s|ok|okay|claro|dale|por favor|porfavor|please|quiero|quero|correcto|exacto|exactly|isso|confirmo|1|1 .*|uno|un|one|the first|la primera|el primero|no mas mensajes|no more messages|nao quero mais)$/;
const NO =
  /^(?:no|nao|nope|n|nah|2|2 .*|dos|dois|two|no quiero|para nada|claro que no|de ninguna manera|seguir(?: recibiendo)?|sigan?|continuar|continuem?|continua|keep writing|keep|continue|please continue|pode continuar|pueden seguir|keep them|mantener)$/;
const THANKS = /^(?:gracias|muchas gracias|thanks|thank you|obrigad[oa]|por favor|please)$/;

/** Answer in words to "shall we stop?"; null when the message says something else. */
export function answerToStop(text: string): "stop" | "keep" | null {
  const said = clausesOf(text);
  if (!said) return null;
  if (stopRequest(text) !== "no") return "stop";
  const clauses = said.clauses.filter((clause, at) => at === 0 || !THANKS.test(clause));
  const [first = ""] = clauses;
  if (clauses.length !== 1) return null;
  const words = first.replace(/ (?:gracias|thanks|thank you|obrigad[oa]|por favor|please)$/, "");
  if (YES.test(words)) return "stop";
  return NO.test(words) ? "keep" : null;
}
