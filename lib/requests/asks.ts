import { foldText } from "../language/fold.ts";

const READ_AT_MOST = 1_000;

/** Words that open a question or a request. */
const ASKS =
  /(?:^| )(?:cuanto|cuantos|cuanta|cuantas|cuando|donde|como|cual|cuales|quien|que (?:precio|talla|hora|color)|tienen|tienes|tiene|hay|venden|aceptan|hacen|puedo|pueden|puede|podrian?|quiero|quisiera|necesito|busco|me interesa|deseo|precio|mi pedido|comprar|how|what|when|where|which|who|why|do you|does|is there|are there|can i|can you|could you|i want|i need|i would|looking for|interested in|price|my order|buy|quanto|quantos|quanta|quando|onde|qual|quais|quem|voces tem|tem|vendem|aceitam|posso|pode|podem|quero|queria|preciso|gostaria|procuro|preco|meu pedido)(?= |$)/;
/** What is not wanted is no request. */
const NOT_WANTED =
  /(?:^| )(?:no|nao|dont|do not|never|ya no|nunca) (?:quiero|quisiera|necesito|deseo|me interesa|want|need|quero|preciso|gostaria|i want)(?= |$)/;

/** True when a message asks or wants something: more than thanks, a greeting or a thumbs-up. */
export function asksSomething(text: string): boolean {
  const words = foldText(text.slice(0, READ_AT_MOST))
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (NOT_WANTED.test(words)) return false;
  return (/[?¿]/.test(text) && words.includes(" ")) || ASKS.test(words);
}
