import { foldText } from "../language/fold.ts";

const READ_AT_MOST = 1_000;

/** Words that open a question or a request. */
const ASKS =
  /(?:^| )(?:cuanto|cuantos|cuanta|cuantas|cuando|donde|como|cual|cuales|quien|que (?:precio|talla|hora|color)|tienen|tienes|tiene|hay|venden|aceptan|hacen|puedo|pueden|puede|podrian?|quiero|quisiera|necesito|busco|me interesa|deseo|precio|mi pedido|comprar|how|what|when|where|which|who|why|do you|does|is there|are there|can i|can you|could you|i want|i need|i would|looking for|interested in|price|my order|buy|quanto|quantos|quanta|quando|onde|qual|quais|quem|voces tem|tem|vendem|aceitam|posso|pode|podem|quero|queria|preciso|gostaria|procuro|preco|meu pedido)(?= |$)/;
/** Something of theirs, or something that went wrong: whoever tells us of it waits for an answer. */
const TELLS =
  /(?:^| )(?:(?:mi|mis|my|meu|minha|meus|minhas) (?:pedidos?|paquetes?|compras?|orden|envio|reembolso|cita|reserva|pago|orders?|packages?|parcels?|refunds?|appointment|booking|delivery|purchase|payment|pacotes?|encomendas?|entrega|consulta|pagamento|troca)|(?:lleg|veni|vino)(?:o|aron)? (?:mal|rot[oa]s?|danad[oa]s?|incomplet[oa]s?|equivocad[oa]s?|vaci[oa]s?)|(?:veio|vieram|chegou|chegaram) (?:errad[oa]s?|quebrad[oa]s?|com defeito|faltando|danificad[oa]s?)|(?:came|arrived|is|was) (?:broken|damaged|wrong|late)|(?:no|nunca|nao|never|hasnt|has not|didnt|did not|havent) (?:(?:me|yet|ha|han|he) ){0,2}(?:llego|llegaron|llegado|funciona|chegou|chegaram|recebi|recibi|recibido|arrived?|come|received?|work|funcionou)|(?:me|i was|was) (?:cobraron|cobraram|charged|cobro)|ayuda|ayudenme|ajuda|ajudem|help)(?= |$)/;
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
  return (/[?¿]/.test(text) && words.includes(" ")) || ASKS.test(words) || TELLS.test(words);
}
