import { foldText } from "../language/fold.ts";

/** Offers of help, to which no single word is the answer. */
const OFFER =
  /(?:en que|como|que) (?:mas )?(?:(?:te|le|les|lo|la|os) )?(?:puedo |podemos |podria |mas )?(?:ayud|servir|atend)|algo mas|otra (?:consulta|pregunta|duda)|how (?:else )?(?:can|may|could) (?:i|we) (?:help|assist)|what (?:else )?can (?:i|we) (?:do|help)|anything else|(?:como|em que|no que) (?:mais )?(?:posso|podemos) (?:te |lhe )?ajud|mais alguma (?:coisa|duda|duvida)|algo mais|posso ajudar|(?:que|qual|what|o que) (?:te |le |voce )?(?:gustaria|would you like to|gostaria de|quer|quieres|deseas) (?:saber|know|consultar)|(?:necesitas|necesita|precisa de) (?:algo|alguma coisa)|do you need anything|(?:que|what|o que|do que) (?:(?:do|are) you |voce )?(?:necesita|buscas?|need|looking for|precisa|procura|deseas?(?! (?:talla|color)))/;
/** Questions for what stands somewhere: any words may be the answer. */
const FOR_A_LABEL =
  /\b(?:say|says|see|shows?|screen|written|printed|read|reads|dice|diz|muestra|mostra|pantalla|tela|aparece|appears?|escrito|letrero|placa|boton|botao|button|option|opcion|opcao)\b/;
/** "Reply STOP to get no more": then that word is no answer to anything else. */
const INSTRUCTS =
  /(?:reply|text|send|write|type|respond[ea]|responda|escrib[ea]|envi[ae]|manda|mande|escreva|digite)\W{1,4}(?:con |with |com )?\W{0,4}$/;

/** Our last message as far as it matters for a short answer. */
export interface OurQuestion {
  /** True when it asks something, other than whether it can help. */
  asks: boolean;
  /** True when it asks what stands on something. */
  asksForLabel: boolean;
  /** True when it holds this word, as one of the possible answers. */
  names(word: string): boolean;
  /** True when it tells the customer to send this word. */
  instructs(word: string): boolean;
}

/** A look at the message of ours that a customer may be answering; null when there is none. */
export function ourQuestion(before: string | null): OurQuestion {
  const said = foldText((before ?? "").slice(-2_000));
  const asks = /[?¿]/.test(said);
  return {
    asks: asks && !OFFER.test(said),
    asksForLabel: asks && FOR_A_LABEL.test(said),
    names: (word) => indexOfWord(said, word) >= 0,
    instructs: (word) => {
      const at = indexOfWord(said, word);
      return at >= 0 && INSTRUCTS.test(said.slice(Math.max(0, at - 24), at));
    },
  };
}

/** Other forms of the words that ask for something alone, which a question may name instead: "bajo", "paramos". */
const FORMS: Readonly<Record<string, string>> = {
  baja: "ba(?:i)?(?:j|x)[ao]s?",
  parar: "par(?:ar|amos|e|em|en|o)",
  pare: "par(?:ar|amos|e|em|en|o)",
  parem: "par(?:ar|amos|e|em|en|o)",
  sair: "sa(?:ir|io|imos|ia|i|em)",
  detener: "det(?:ener|engo|enemos|iene|enga|engan)",
  stop: "stop(?:s|ped|ping)?",
  ...Object.fromEntries(
    [
      "persona",
      "pessoa",
      "person",
      "people",
      "human",
      "humano",
      "agente",
      "agent",
      "asesor",
      "asesora",
      "atendente",
      "operador",
      "operator",
      "gerente",
      "manager",
      "vendedor",
      "representante",
      "tecnico",
    ].map((word) => [word, `${word}(?:e?s)?`]),
  ),
};

/** Where a word stands in a text, in any of its forms; -1 when it does not. */
function indexOfWord(text: string, word: string): number {
  if (!Object.hasOwn(FORMS, word)) return -1;
  return new RegExp(`(?<![\\p{L}])(?:${FORMS[word]})(?!\\p{L})`, "u").exec(text)?.index ?? -1;
}
