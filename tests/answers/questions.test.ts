import { describe, expect, test } from "vitest";
import { impersonalWords, namesCustomer } from "../../lib/language/impersonal.ts";
import { SEED } from "../support/seed.ts";

describe("a question that anybody could ask", () => {
  test.each([
    ["¿Hacen envíos a Puno?", "hacen envios a puno"],
    ["hacen envios a puno", "hacen envios a puno"],
    ["HACEN  ENVÍOS,\na Puno!!", "hacen envios a puno"],
    ["¿Tienen talla 38?", "tienen talla 38"],
    ["¿a qué hora abren los domingos?", "a que hora abren los domingos"],
    ["what time do you open on Sundays?", "what time do you open on sundays"],
    ["What's the price of the coffee?", "whats the price of the coffee"],
    ["quanto custa o frete?", "quanto custa o frete"],
    ["¿cuál es la dirección?", "cual es la direccion"],
  ])("%j is %j", (said, words) => expect(impersonalWords(said)).toBe(words));
});

/** Questions that anybody could ask. */
const FAQ = ["hacen envíos a Puno", "how much is shipping", "quanto custa o frete", "venden al por mayor"];

/** What makes a question somebody's own, or one of a moment; `{}` is the question. */
const PERSONAL = [
  ...[
    "{}? es para mi casa",
    "{}, soy Ana Quispe",
    "me llamo Ana, {}",
    "{}? my name is Ana",
    "meu nome é Ana, {}",
  ],
  ...[
    "{} 51987654321",
    "{} 987 654 321",
    "{}? mi cel 9 8 7 6 5 4",
    "{} para el 1042",
    "{} order #1042",
    "{} 10.42",
  ],
  ...[
    "{} ana@correo.pe",
    "{} (ana)",
    "{} https://tambo.pe",
    "{} www.tambo.pe/x",
    "{} @ana",
    "{} + IVA",
    "{} $",
    "{} 🎁",
  ],
  ...["{}, vivo en la avenida Larco", "{} calle Lima 12", "{} rua das Flores 7", "{} I live in Ohio"],
  ...[
    "ya pagué, {}",
    "{}? compré ayer",
    "{}, my order never arrived",
    "{} e o meu pedido?",
    "{}, recibí otra cosa",
  ],
  ...[
    "y {}",
    "and {}",
    "e {}",
    "pero {}",
    "{} hoy",
    "{} today",
    "{} hoje",
    "are you open, {}",
    "{} ahora",
    "{}, están abiertos",
  ],
  ...["【image】 {}", "[image] {}", "{} <b>", "{} ¹²³", "{} ٣٤٥", "{} Пуно", "{} \u200b", "{}\u0000"],
];

test.each(PERSONAL)("%j is not one", (form) => {
  for (const faq of FAQ) expect(impersonalWords(form.replace("{}", faq)), faq).toBeNull();
});

test.each([
  "",
  "   ",
  "¿?",
  "and mine?",
  "¿y el mío?",
  "e o meu?",
  "¿y a mí?",
  "x".repeat(121),
  "a ".repeat(17),
])("%j is not one", (said) => expect(impersonalWords(said)).toBeNull());

test(`two texts with the same words differ in accents, capitals and punctuation alone (seed ${SEED})`, () => {
  let state = SEED;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const letters = "aábcñdeéfgAB01ü ¿?¡!.,-";
  const bare = (said: string) =>
    said
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
  const known = new Map<string, string>();
  for (let time = 0; time < 20_000; time++) {
    const said = Array.from({ length: 1 + random(6) }, () => pick([...letters])).join("");
    const words = impersonalWords(said);
    if (words === null) continue;
    expect(known.get(words) ?? bare(said), said).toBe(bare(said));
    known.set(words, bare(said));
  }
  expect(known.size).toBeGreaterThan(1_000);
});

test.each([
  ["Claro, Ana.", { name: "Ana Quispe", phone: "51987654321" }, true],
  ["Claro, ana.", { name: "ANA", phone: null }, true],
  ["Sí, José", { name: "jose", phone: null }, true],
  ["Llámame al 987 654-321", { name: null, phone: "51987654321" }, true],
  ["La banana cuesta S/ 2", { name: "Ana", phone: "51987654321" }, false],
  ["Sí, de alpaca", { name: "Luz de la Paz", phone: null }, false],
])("%j names %j: %j", (text, customer, names) => expect(namesCustomer(text, customer)).toBe(names));
