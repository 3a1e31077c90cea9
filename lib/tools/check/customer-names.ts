/** Names of fields that say whose data is meant: the verified webhook says that, never the model. */
import { foldText } from "../../language/fold.ts";

/** Words that name a customer, or what identifies one, in Spanish, English and Portuguese; singular. */
const IDENTITIES = words(
  "customer client cliente clienta user usuario usuaria username login patient paciente caller subscriber suscriptor subscritor buyer " +
    "comprador compradora titular cardholder phone telephone telefono telefone tel telf tlf fono mobile movil celular cel cell cellphone " +
    "whatsapp whatsap wa waid wsp wpp msisdn email mail correo contact contacto contato dni cpf curp ssn nss cedula rut nif nie passport " +
    "pasaporte passaporte identity identidad identidade sender remitente remetente tenant chasqui",
);

/** Words that name a customer only beside one that asks for an identifier. */
const PEOPLE = words(
  "guest huesped hospede person persona pessoa people member miembro membro socio socia student alumno alumna aluno estudiante owner dueno " +
    "dono holder account cuenta conta profile perfil passenger pasajero passageiro resident residente documento identification " +
    "identificacion identificacao conversation conversacion conversa session sesion sessao idempotency",
);
const IDENTIFIERS = words("id ids uid uuid guid number numero nro num no code codigo key clave chave ref");

/** Roots that are found in words written together, such as `clientphone`. */
const ROOTS =
  /phone|telefon|celular|whats?app|msisdn|e_?mail|correo_?e|customer|client|usuari|pacient|passap|pasap|passport/;
/** Words that have such a root by chance. */
const CHANCE = words("headphone earphone microphone megaphone saxophone xylophone gramophone vibraphone");
/** Things, not people: `phone_model` is what is repaired. */
const THINGS = words("model modelo brand marca plan");

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

/** `customerPhone2` as `customer`, `phone`. */
function wordsOf(name: string): string[] {
  return foldText(
    name
      .normalize("NFKC")
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2"),
  )
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}

const singular = (word: string): string[] => [word, word.replace(/s$/, ""), word.replace(/es$/, "")];
const isIn = (set: ReadonlySet<string>, word: string): boolean => singular(word).some((one) => set.has(one));

/** True for a name that says whose data is meant: of a field, a parameter or the part of a path before one. */
export function namesCustomer(name: string): boolean {
  const found = wordsOf(name.slice(0, 200));
  if (found.some((word) => isIn(THINGS, word))) return false;
  const all = [...found, found.join("")];
  // Single letters: p_h_o_n_e.
  const spelled = found.every((word) => word.length === 1);
  if (found.some((word) => isIn(IDENTITIES, word)) || (spelled && isIn(IDENTITIES, found.join(""))))
    return true;
  if (found.some((word) => /^(end)?users?(id|no|name|key)?$/.test(word))) return true;
  const asksForId = found.some((word) => IDENTIFIERS.has(word));
  if (asksForId && found.some((word) => isIn(PEOPLE, word))) return true;
  if (all.some((word) => [...IDENTIFIERS].some((id) => isIdOf(word, id)))) return true;
  return all.some((word) => ROOTS.test(word) && !isIn(CHANCE, word));
}

/** `memberid` and `idmember`, written together. */
const isIdOf = (word: string, id: string): boolean =>
  (word.endsWith(id) && isNamed(word.slice(0, -id.length))) ||
  (word.startsWith(id) && isNamed(word.slice(id.length)));
const isNamed = (word: string): boolean => word.length > 2 && (isIn(PEOPLE, word) || isIn(IDENTITIES, word));

/** Descriptions that ask for an identity by a field of another name. */
const ASKS =
  /\b(phone number|(telephone|mobile|whatsapp|cell) number|e-?mail address|(customer|client|user)(s|'s)? (id|number|code|phone|name|e-?mail)|(id|identifier|number|code|phone|e-?mail) of the (customer|client|user)|(numero|no\.?|telefono|telefone|celular|correo|id|codigo) (de|del|do|da) (el |la )?(telefono|telefone|celular|movil|whatsapp|cliente|clienta|usuario|usuaria|paciente)|correo electronico|endereco de e-?mail)\b/;

/** True for a field's description that asks for whose data is meant. */
export const asksForCustomer = (description: string): boolean =>
  ASKS.test(foldText(description.slice(0, 2_000)));
