import type { InboundMessage } from "../../types/inbound.ts";

type Choice = "stop" | "start";

/**
 * Whole messages that are an opt-out or opt-in, in lower case, without accents and punctuation. Words for orders or menus
 * ("cancelar", "salir", "voltar", "end") are left out.
 */
const PHRASES: Readonly<Record<Choice, readonly string[]>> = {
  stop: [
    // English, including the carriers' keywords
    "stop, stop all, stopall, stop messages, stop messaging me, stop promotions, unsubscribe, unsubscribe me, opt out",
    "optout, no more messages, do not message me, dont message me, remove me from your list, remove me from the list",
    // Spanish
    "baja, dar de baja, darme de baja, dame de baja, denme de baja, deme de baja, quiero darme de baja, detener, parar",
    "detener mensajes, detener promociones, parar mensajes, parar promociones, no mas mensajes, no quiero mas mensajes",
    "no quiero recibir mensajes, no quiero recibir mas mensajes, no me envien mas mensajes, no me manden mas mensajes",
    "no me escriban, no me escriban mas, desuscribir, desuscribirme, cancelar suscripcion, cancelar mi suscripcion",
    // Portuguese
    "pare, sair, parar mensagens, parar promocoes, interromper promocoes, bloquear promocoes, chega de mensagens",
    "sair da lista, descadastrar, me descadastrar, quero me descadastrar, descadastre me, cancelar inscricao",
    "nao quero mais mensagens, nao quero receber mensagens, nao quero mais receber mensagens, nao me mande mais mensagens",
    "nao me mandem mais mensagens, nao me enviem mais mensagens",
  ],
  start: [
    "start, unstop, subscribe, opt in, optin, start messages, resume messages",
    "alta, dar de alta, darme de alta, suscribir, suscribirme, reanudar, reanudar mensajes, quiero recibir mensajes",
    "inscrever, me inscrever, reativar, reativar mensagens, quero receber mensagens, voltar a receber mensagens",
  ],
};

const CHOICES: ReadonlyMap<string, Choice> = new Map(
  (["stop", "start"] as const).flatMap((choice) =>
    PHRASES[choice].flatMap((line) => line.split(", ").map((phrase) => [phrase, choice] as const)),
  ),
);

/** Polite words around a phrase, which do not change it. */
const POLITE =
  /^(?:please|pls|por favor|porfavor) | (?:please|pls|por favor|porfavor|thanks|thank you|gracias|obrigad[oa])$/g;

/** Opt-out or opt-in that makes up a whole message (a text, or a template's quick reply); null otherwise and in groups. */
export function optChoice(message: Pick<InboundMessage, "type" | "text" | "groupId">): Choice | null {
  const { type, text, groupId } = message;
  if (groupId !== null || (type !== "text" && type !== "button") || text === null || text.length > 100)
    return null;
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(POLITE, "");
  // "Stop, stop, STOP!" counts as one word.
  const [first = "", ...others] = words.split(" ");
  const said = others.every((word) => word === first) ? first : words;
  return CHOICES.get(said) ?? null;
}
