import type { Language } from "../types/company.ts";
import { foldText } from "./fold.ts";

// Words of short chat texts, without accents; a word may stand under two languages.
const WORDS: Record<Language, string> = {
  es: `a hola disponible disponibles otra otro veces dos tal dia buenas buenos dias tardes gracias quiero quisiera necesito puedo puede pueden tienen tengo tiene hay
    donde cuando cuanto cuanta cuesta cuestan como cual cuales quien el la los las un una unos unas y o del al con sin para por que es esta
    estan este esto esa ese mi mis tu su sus me lo le les se ya si no muy mas pero porque pedido envio envios llega llego ustedes usted hablar
    alguien ayuda precio precios abren hacen desde hasta tambien ahora chau adios bueno bien listo vale perfecto genial soy hacer favor hoy ayer
    manana dinero tienda compra ver algo nada sigue aun queda quedan interesa interesado mande manda mandame envia enviame envien direccion
    abierto abierta abiertos cerrado pague pagar pago roto rota cambiar cambiarlo cambio devolver devolucion devuelvan factura boleta recibo
    claro dale entiendo explica explique espere espera momento ahorita luego todavia mientras asi eso algun alguna alguno ninguno ninguna nadie
    azul rojo roja verde negro negra blanco blanca amarillo gris talla tallas color colores grande chico chica pequeno mediano barato barata
    caro cara descuento oferta ofertas rebaja gratis domicilio mayorista hermano hermana amigo amiga senor senora senorita joven feliz noche
    noches semana semanas mes lunes martes miercoles jueves viernes sabado domingo uno tres cuatro cinco seis siete ocho nueve diez cien mil
    soles pesos quetzales euros euro tarjeta efectivo deposito transferencia cuenta numero nombre correo ciudad pais casa calle avenida cerca
    lejos local sucursal nina nino ninos mujer hombre dama caballero bebe regalo cumpleanos xfa porfa porfis porfavor xq pq tmb tb tqm q k ke
    holi holis hey jaja jajaja sip nop nel va sale orale che bacan chevere vos sos queres podes tenes tenemos tienes puedes quieres sabes sabe
    dime diga digame decime dice hable llame llamar escribir mirar muestre mostrar foto fotos menos mejor peor igual mismo misma nuevo nueva
    usado original garantia material lana algodon cuero envian mandan venden vende vendo compro comprar pedir pidio pide reservar reserva cita
    turno mesa hora horas horario atencion atienden trabajan ubicacion ubicados encuentran somos eres fue era acuerdo entendido recibido
    enterado gracia bendiciones saludos abrazo vemos ve voy vamos vengo viene vienen quedo quede quedaron en urge joya grax sirve sirven
    igualmente acepta aceptan teneis podeis quereis haceis estais perdon disculpa disculpe disculpen calcetines medias camisa camisas pantalon
    pantalones zapatos zapatillas falda vestido vestidos gorro bufanda bolso mochila anillo aretes pulsera cobija docena docenas par pares quizas`,
  en: `hi hello tell give write all hey good morning afternoon evening thanks thank you please i my me we our your is are am was were be do does
    did have has had can could would should will the a an and or of to in on at for with from by not this that these those it its what where
    when how much many which who why want need like order shipping ship delivery price cost costs open help talk someone person yes no there
    here about any some bye great still yet where's i'm don't available interested size sizes color colors colour large small medium big cheap
    cheaper expensive discount sale offer free both neither either none nothing something anything everything anyone never always already again
    later soon today tomorrow yesterday tonight week weeks month monday tuesday wednesday thursday friday saturday sunday one two three four
    five six seven eight nine ten paid pay payment card cash transfer account arrived arrive broken wrong item items exchange refund return
    invoice receipt bill thx ty tysm thnx tks pls plz u ur r sure okay yep yeah yup nope cheers agreed perfect done fine cool nice awesome
    lovely wait hold sec second moment minute agent human representative manager speak call contact send sent pic pics picture pictures photo
    photos address store shop location located near far street city country house red blue green black white yellow grey pink one's ones kid
    kids child children man men woman women gift birthday wholesale bulk sorry welcome goodnight night see saw know knew think understand
    explain mean means say said ask answer hiya howdy yo sup guys sir madam mate dear regards best only just too very also even because so if
    then than after before until while during between out off up down over under back new used original warranty wool cotton leather book
    booking reserve reservation appointment table hour hours time day days opened opens close closed closes change cancel track tracking number
    name email phone stock restock coming comes came going goes gone bought buy buying sell selling made make making get got them they he she
    him her his us im ill dont cant wont didnt doesnt isnt thats whats wheres hows lets let's it's i've i'd i'll we're np
    nvm idk lmk brb gotcha btw omg hru wyd ya maybe perhaps socks shirt shirts trousers pants shoes sneakers skirt dress hat scarf bag backpack ring
    earrings bracelet blanket dozen pair pairs`,
  pt: `oi ola me te outra outro vezes bom boa dia tarde noite tudo bem obrigado obrigada valeu quero queria preciso posso pode podem tem voces voce
    onde quando quanto custa custam como qual quais quem o a os as um uma e ou do da dos das no na nos nas ao com sem para pra por que nao sim
    esta estao este isso essa esse isto meu minha meus minhas seu sua se ja muito mais mas porque pedido frete envio entrega chega chegou falar
    alguem ajuda preco precos abrem fazem desde ate tambem agora tchau beleza sou fazer favor hoje ontem amanha dinheiro loja compra ver eu ele
    ela cade algo nada ainda continua disponivel fica ficam ficou interesse interessa manda mande envia envie endereco aberto aberta abertos
    fechado paguei pagar pagamento quebrado quebrada errado errada trocar troca devolver devolucao devolvam nota fiscal recibo entendi entendo
    explica explique espera espere momento minutinho depois enquanto assim algum alguma nenhum nenhuma ninguem azul vermelho vermelha verde
    preto preta branco branca amarelo cinza rosa tamanho tamanhos cor cores grande pequeno pequena medio barato barata caro desconto promocao
    oferta gratis atacado varejo irmao irma amigo amiga senhor senhora moco moca feliz semana semanas mes segunda terca quarta quinta sexta
    sabado domingo dois tres cinco seis sete oito nove dez cem reais real euros cartao deposito transferencia conta boleto pix parcela parcelas
    parcelado numero nome email cidade pais casa rua avenida perto longe local filial menina menino mulher homem crianca bebe presente
    aniversario pf pfv pfvr pfvor blz vlw vlws obg obgd obgda brigado brigada brigadao tb tbm vc vcs q kd pro pq oie opa eai fala salve ne ta to
    tao kkk kkkk rs rsrs claro certo combinado perfeito pronto otimo otima legal show massa joia abraco abracos beijo beijos temos tens
    querem sabe sabem diga digam diz dizer ligue ligar escrever mostrar mostra foto fotos menos melhor pior igual mesmo mesma novo nova usado
    original garantia material la algodao couro enviam mandam vendem vende vendo compro comprar pedir pediu reservar reserva consulta mesa hora
    horas horario atendimento atendem trabalham localizacao somos foi era veio vem vai vou vamos venho mim comigo consigo conosco deles delas
    dele dela dessa desse desta deste nessa nesse nesta neste pelo pela pelos pelas num numa estou estava tinha tive teve gostei gostaria
    consegue devo deve chegaram chegando entregam entregar entregue correios rastreio rastrear tmj flw eae
    bjs bj mto mta mt dboa desculpa desculpe desculpem encomenda encomendas duas duzia duzias meias meia camisa camisas camiseta calca calcas sapato
    sapatos saia vestido vestidos gorro cachecol bolsa mochila anel brincos pulseira cobertor par pares pretas pretos brancas brancos talvez parabens percebi percebido fixe pago lindo linda`,
};
const LANGUAGES = ["es", "en", "pt"] as const;
const VOCABULARY = new Map(LANGUAGES.map((language) => [language, new Set(WORDS[language].split(/\s+/))]));

// Letters and endings that only one of the three languages uses.
const SIGNS: Record<Language, RegExp> = {
  es: /[ñ¿¡]|\p{L}ción(?!\p{L})|(?<!\p{L})(?:qué|cuánt[oa]s?|cuál(?:es)?|cómo|dónde)(?!\p{L})|íos?(?!\p{L})/gu,
  en: /'(s|m|t|re|ve|ll)(?!\p{L})|\p{L}ing(?!\p{L})/gu,
  pt: /[ãõçêôâà]|\p{L}[ln]h[ao]s?(?!\p{L})/gu,
};

// Letters and endings of unknown words that one of them uses far more than the others.
const HINTS: Record<Language, RegExp> = {
  es: /^j[aei]j[aei]|ll|ue|ie|\p{L}(?:dad|cion|iendo|aron|ieron|ito|ita|eme|ame|enme|anme|o|as)(?!\p{L})/u,
  en: /th|wh|sh|ck|oo|ee|gh|w|k|[^aeiou]y(?!\p{L})|\p{L}(?:ed|er|ly|ion|ess|[bcdfghkpt]|[^aeiou]s)(?!\p{L})/u,
  pt: /lh|nh|ss|\p{L}(?:cao|coes|dade|ivel|avel|ei|ou|em|am|im|um|aram|eram|inho|inha|ais)(?!\p{L})/u,
};

// Country codes; the longest match counts. Countries of other languages are left out on purpose.
const PREFIXES: Record<Language, string> = {
  es: "34 240 502 503 504 505 506 507 51 52 53 54 56 57 58 591 593 595 598 1787 1809 1829 1849 1939",
  en: "1 27 44 61 64 65 91 92 233 234 254 353 356 501 592 63 852",
  pt: "55 351 238 239 244 245 258",
};
const LANGUAGE_OF_PREFIX = new Map(
  LANGUAGES.flatMap((language) => PREFIXES[language].split(" ").map((prefix) => [prefix, language] as const)),
);
const LONGEST_PREFIX = 4;
const READ_AT_MOST = 1000;
/** Less than a word: it decides only where the known words do not. */
const HINT = 0.3;

/** Hints about a customer's language besides the text. */
export interface LanguageHints {
  /** Language of earlier messages. */
  known: Language | null;
  /** Digits without `+`. */
  phone: string | null;
  company: Language;
}

/** Language of a text by its short words; when those are ambiguous, the hints in their order. */
export function guessLanguage(text: string | null, hints: LanguageHints): Language {
  const hinted = [hints.known, languageOfPhone(hints.phone), hints.company];
  const leaders = leadingLanguages((text ?? "").slice(0, READ_AT_MOST));
  return (
    hinted.find((language) => language !== null && leaders.includes(language)) ?? leaders[0] ?? hints.company
  );
}

/** Languages with the best score; all three when nothing tells them apart. */
function leadingLanguages(text: string): Language[] {
  const isKnown = (word: string) => LANGUAGES.some((language) => VOCABULARY.get(language)?.has(word));
  const written = new Set(foldText(text).match(/[\p{L}']+/gu) ?? []);
  // "Holaaa" and "buenass" are drawn out.
  const words = [...written].map((word) => (isKnown(word) ? word : endedOnce(word)));
  // "ok" and "xd" are everybody's, and so is the look of a word without vowels.
  const unknown = words.filter((word) => word.length > 2 && /[aeiouy]/.test(word) && !isKnown(word));
  const signs = text.normalize("NFC").toLowerCase();
  const scores = LANGUAGES.map((language) => {
    const known = words.filter((word) => VOCABULARY.get(language)?.has(word)).length;
    const hints = unknown.some((word) => HINTS[language].test(word)) ? HINT : 0;
    return known + 2 * (signs.match(SIGNS[language])?.length ?? 0) + hints;
  });
  const best = Math.max(...scores);
  return LANGUAGES.filter((_, index) => scores[index] === best);
}

/** The word with its last letter once. */
function endedOnce(word: string): string {
  let end = word.length;
  while (end > 1 && word[end - 1] === word[end - 2]) end--;
  return word.slice(0, end);
}

/** Language by a phone's country code; null for countries of other languages. */
export function languageOfPhone(phone: string | null): Language | null {
  if (phone === null) return null;
  for (let length = LONGEST_PREFIX; length > 0; length--) {
    const language = LANGUAGE_OF_PREFIX.get(phone.slice(0, length));
    if (language !== undefined) return language;
  }
  return null;
}
