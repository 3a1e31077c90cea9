/** Words before a phone number; behind them a number that looks like another kind is a phone number too. */
export const CUE =
  /(?:tel|fono|phone|call|llam|whats|wsp|\bcel|m[oó]vil|mobile|marca|ligue|liga|disque|contact|contat|n[uú]mero|number|text|escr[ií]b|\+)[^\n]{0,24}$/iu;

const CURRENCY =
  "(?:S/\\.?|US\\$|R\\$|[$€£¥₡₲₱]|USD|EUR|PEN|BRL|MXN|ARS|CLP|COP|UYU|BOB|GBP|soles|d[oó]lares|euros|pesos|reais)";
const UNIT =
  "(?:%|kg|gr?|ml|l|cm|mm|m|km|unidades|unidade|units|piezas|pe[cç]as|clientes|customers|pontos|puntos|points)";
const AMOUNT = "(?:\\d{1,3}(?:[., ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)";
const ID =
  "(?:pedidos?|[oó]rdenes|orden|orders?|compra|encomenda|env[ií]o|gu[ií]a|seguimiento|tracking|rastre(?:o|io|amento)|c[oó]digo|code|boleta|factura|fatura|invoice|recibo|nota(?: fiscal)?|ticket|reserva|booking|ruc|dni|nit|cuit|cuil|rut|rfc|cpf|cnpj|cep|sku|ref|referencia|lote|serie|modelo|model|folio|id)";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])";
const MONTH = "(?:0?[1-9]|1[0-2])";
const TIME = "(?:[01]?\\d|2[0-4])[:.h][0-5]\\d";
const EDGE = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}])";

/** Numbers as long as a phone number that are none, `unless` a phone is named before them. */
const OTHERS: readonly { pattern: RegExp; unless?: RegExp }[] = [
  // List markers.
  { pattern: /^[ \t]*\d{1,3}[.)] /gmu },
  // Dates, with or without a time; ranges of years.
  { pattern: new RegExp(`${EDGE}\\d{4}([-/.])${MONTH}\\1${DAY}(?:[T ]${TIME})?(?![\\d-])`, "gu") },
  { pattern: new RegExp(`${EDGE}${DAY}([-/.])${MONTH}\\1(?:\\d{4}|\\d{2})(?![\\d-])`, "gu") },
  { pattern: new RegExp(`${EDGE}(?:19|20)\\d{2} ?[-–—/] ?(?:19|20)\\d{2}(?![\\d-])`, "gu") },
  // Times and ranges of times.
  { pattern: new RegExp(`(?<![\\p{L}\\p{N}.])${TIME}(?: ?[-–—] ?${TIME})?(?![\\d-]|\\.\\d)`, "gu") },
  // Sums, weights, measures.
  { pattern: new RegExp(`${CURRENCY} ?${AMOUNT}${END}`, "giu") },
  { pattern: new RegExp(`${EDGE}${AMOUNT} ?(?:${CURRENCY}|${UNIT})${END}`, "giu") },
  // Thousands, decimals, versions.
  {
    pattern: new RegExp(`${EDGE}\\d{1,3}(?:\\.\\d{3}){1,2}(?:,\\d{1,2})?(?![\\d-]|\\.\\d)`, "gu"),
    unless: CUE,
  },
  { pattern: /(?<![\p{L}\p{N}.,])\d+[.,]\d{1,2}(?![\p{L}\p{N}-]|[.,]\d)/gu },
  { pattern: /(?:v|versi[oó]n|version|vers[aã]o)\.? ?\d{1,4}(?:\.\d{1,4}){1,3}/giu },
  // Numbers of orders, invoices, identity cards and the like, ungrouped.
  {
    pattern: new RegExp(
      `(?:${EDGE}${ID}[.:]?(?: (?:n[uú]mero|number|es|is|é|el|the|o|n)){0,3}[ :.#º°]{0,3}|${EDGE}n\\.?[º°] ?|#)(?:\\p{L}{1,4}-?)?\\d{1,20}(?:[-.]\\d{1,8}){0,4}(?:/\\d{1,6})?(?![\\d])`,
      "giu",
    ),
    unless: /(?:llam|call|ligue|disque|marca)[^\n]{0,8}$/iu,
  },
  // A postal code of Brazil; a code of letters and digits.
  { pattern: new RegExp(`${EDGE}\\d{5}-\\d{3}(?![\\d-])`, "gu"), unless: CUE },
  { pattern: /(?<![\p{L}\p{N}-])(?=[A-Z\d-]{0,40}[A-Z])[A-Z\d]{1,40}(?:-[A-Z\d]{1,40}){0,6}/gu, unless: CUE },
];

/** The text with dates, sums, measures, order numbers and the like blanked, of the same length. */
export function otherNumbers(text: string): string {
  return OTHERS.reduce(
    (rest, { pattern, unless }) =>
      rest.replace(pattern, (match: string, ...more: unknown[]) => {
        const at = more.find((each) => typeof each === "number") ?? 0;
        const before = rest.slice(Math.max(0, at - 32), at) + (/^\D*/.exec(match)?.[0] ?? "");
        return unless?.test(before) ? match : "\uE000".repeat(match.length);
      }),
    text,
  );
}
