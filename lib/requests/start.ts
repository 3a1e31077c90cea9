import { clausesOf } from "./clauses.ts";

/** Whole messages that are an opt-in, as `clausesOf` spells them. */
const STARTS: ReadonlySet<string> = new Set(
  [
    "start, unstop, subscribe, opt in, optin, start messages, resume messages, resubscribe, subscribe me",
    "alta, dar de alta, darme de alta, quiero darme de alta, dame de alta, suscribir, suscribirme, reanudar, reanudar mensajes, quiero recibir mensajes",
    "inscrever, me inscrever, reativar, reativar mensagens, quero receber mensagens, voltar a receber mensagens",
  ].flatMap((line) => line.split(", ")),
);
/** Every one of them holds one of these. */
const HINT = /st(?:art|op)|alta|sub|sus?cri|opt|res|rea|recib|receb|inscr|volt/i;
const POLITE: ReadonlySet<string> = new Set(
  "please, thanks, thank you, por favor, porfavor, gracias, obrigado, obrigada, hola, hello, hi, oi, ola, si, sim, yes".split(
    ", ",
  ),
);
/** Polite words around it, without a comma. */
const AROUND =
  /^(?:please|por favor|porfavor|hola|hi|hello|oi) | (?:please|por favor|porfavor|thanks|thank you|gracias|obrigad[oa])$/g;

/** True when the whole message asks for our messages again. */
export function isStart(text: string): boolean {
  if (text.length > 100 || !HINT.test(text)) return false;
  const clauses = (clausesOf(text)?.clauses ?? []).filter((clause) => !POLITE.has(clause));
  return clauses.length > 0 && clauses.every((clause) => STARTS.has(clause.replace(AROUND, "")));
}
