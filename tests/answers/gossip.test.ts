import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { loadCompany, readCompany } from "../../db/company.ts";
import type { FaultRule } from "../../fakes/faults/faults.ts";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import type { Language } from "../../lib/types/company.ts";
import { type Customer, createCustomer } from "../support/customer.ts";
import { runs, SEED } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

/**
 * A model that tells all it knows: each reply repeats every secret that it was sent, in the prompt, the profile name, the history or the
 * results of tools, and half of the time it looks up the customer's orders first. With it nobody may read a secret that is not theirs.
 */
const gossip: ModelFaultRule = ({ kind, messages }) => {
  if (kind === "classify") return null;
  const hasLooked = messages.some(({ role }) => role === "tool");
  if (kind === "tools" && !hasLooked && random(2) === 0) {
    const source = pick(["orders", "knowledge"]);
    return { toolCalls: [{ name: "lookup", arguments: JSON.stringify({ source, query: "all" }) }] };
  }
  const told = messages.map(({ text }) => text).join("\n");
  const language = /^Language: (\w+)/m.exec(told)?.[1] ?? "unknown";
  return { content: `Claro que sí. zzin${language} ${secretsIn(told).join(" ")}` };
};

/** Words that begin with zz. */
const secretsIn = (text: string): string[] => [...new Set(text.toLowerCase().match(/zz[a-z]+/g))];

let state = SEED + 1;
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const pick = <T>(from: readonly [T, ...T[]]): T => from[random(from.length)] ?? from[0];

/** Digits as letters. */
const lettersOf = (digits: string): string =>
  [...digits].map((digit) => String.fromCharCode(97 + Number(digit))).join("");

/** What the customer with this phone has ordered. */
const orderedBy = (phone: string): string => `zzo${lettersOf(phone)}`;

/** A company's system in which everybody has an order that nobody else has. */
const orders: FaultRule<string> = (body) => {
  const { customer } = z.object({ customer: z.object({ phone: z.string() }) }).parse(JSON.parse(body));
  const items = [{ name: orderedBy(customer.phone), quantity: 1 }];
  const order = { number: "1042", status: "shipped", placedOn: "2026-11-01", items, total: "S/ 10" };
  return { status: 200, body: { orders: [order] } };
};

let made = 0;
/** A word that nobody else has. */
function secret(): string {
  return `zzs${lettersOf(String(made++).padStart(4, "0"))}`;
}

const FAQ: Record<Language, readonly [string, ...string[]]> = {
  es: ["¿Hacen envíos a Puno?", "hacen envios a puno", "¿Venden al por mayor?"],
  en: ["How much is shipping?", "how much is shipping", "Do you sell wholesale?"],
  pt: ["Quanto custa o frete?", "quanto custa o frete", "Vocês vendem no atacado?"],
};
const LANGUAGE_NAMES: Record<Language, string> = { es: "spanish", en: "english", pt: "portuguese" };
const LANGUAGES = ["es", "en", "pt"] as const;

interface Person {
  customer: Customer;
  company: "a" | "b";
  /** What they may read: their name, what they have said, their orders. */
  own: Set<string>;
  messages: number;
  lastId: string | null;
}

interface Said {
  text: string;
  overrides?: Record<string, unknown>;
  /** Language of the reply, where it is certain. */
  language?: Language;
}

/** Somebody's next message; what they say for themselves holds a new secret. */
function nextOf({ own, lastId }: Person): Said {
  const language = pick(LANGUAGES);
  const faq = pick(FAQ[language]);
  const mine = secret();
  own.add(mine);
  const kinds: (() => Said)[] = [
    ...Array.from({ length: 10 }, () => () => ({ text: faq, language })),
    () => ({ text: `${faq} ${mine}` }),
    () => ({ text: `${mine}, ${faq}` }),
    () => ({
      text: pick([`Soy ${mine}. ${faq}`, `My name is ${mine}. ${faq}`, `${faq} Vivo en ${mine} 12`]),
    }),
    () => ({ text: pick([`${faq} ${mine}@correo.pe`, `${faq} 51 9${random(90) + 10} 222 333 ${mine}`]) }),
    () => ({ text: pick(["and mine?", "¿y el mío?", "e o meu?", `¿y para ${mine}?`]) }),
    () => ({ text: pick(["hola", "hi", "oi", "gracias"]) }),
    () => ({ text: pick(["¿dónde está mi pedido?", "where is my order?", "cadê meu pedido"]) }),
    () => ({ text: faq, ...(lastId !== null && { overrides: { context: { id: lastId } } }) }),
    () => ({ text: faq, overrides: { context: { forwarded: true } } }),
    () => ({ text: faq, overrides: { referral: { headline: mine, source_type: "ad" } } }),
    () => ({
      text: faq,
      overrides: { type: "image", image: { id: "1", caption: `${faq} ${mine}` }, text: undefined },
    }),
    () => ({
      text: faq,
      overrides: {
        type: "location",
        location: { latitude: -12, longitude: -77, name: mine },
        text: undefined,
      },
    }),
  ];
  return kinds[random(kinds.length)]?.() ?? { text: faq, language };
}

const OTHER = { phoneNumberId: "208812345678901", accessToken: "EAAtest-other-token-9876543210" };

let world: World;
beforeAll(async () => {
  world = await startWorld({
    env: { ANSWER_CACHE: "on", WHATSAPP_NUMBERS: JSON.stringify([OTHER]), INTENT_FAST_PATH: undefined },
    graph: { accessTokens: { [OTHER.phoneNumberId]: OTHER.accessToken } },
  });
  world.model.setFault(gossip);
  world.company.setFault(orders);
});
afterAll(() => world.close());

const company = { a: "zzcompanya", b: "zzcompanyb" };
/** Makes a version of a company live whose prompt has these secrets. */
async function publish(name: "a" | "b", secrets: string): Promise<void> {
  company[name] = secrets;
  const live = await readCompany({ sql: world.sql }, WORLD.phoneNumberId);
  if (!live) throw new Error("no company");
  const number = name === "a" ? WORLD.phoneNumberId : OTHER.phoneNumberId;
  const profile = { ...live.profile, about: `tejidos ${secrets}`, courtesies: true };
  await loadCompany({ sql: world.sql }, number, { ...live, profile });
}

function newcomer(phone: string, name: "a" | "b"): Person {
  const known = secret();
  const { phoneNumberId } = name === "a" ? WORLD : OTHER;
  const customer = createCustomer({ phone, name: `${known} Quispe`, phoneNumberId }, world.graph, (body) =>
    world.deliver(body),
  );
  return {
    customer,
    company: name,
    own: new Set([known, orderedBy(phone)]),
    messages: 0,
    lastId: null,
  };
}

test(`nobody reads of another customer, company, language or version (seed ${SEED})`, async () => {
  await publish("a", "zzcompanya zzfirst");
  await publish("b", "zzcompanyb");
  const steps = runs(450);
  let people: Person[] = [];
  let [personal, phone] = [0, 51_946_200_000];
  for (let step = 0; step < steps; step++) {
    if (step === Math.floor(steps / 2)) await publish("a", "zzcompanya zzsecond");
    // Most questions are somebody's first.
    if (random(3) > 0 || people.length === 0)
      people = [...people.slice(-6), newcomer(String(phone++), random(2) === 0 ? "a" : "b")];
    const person = random(2) === 0 ? people.at(-1) : people[random(people.length)];
    if (!person || person.messages++ > 8) continue;
    const said = nextOf(person);
    const before = person.customer.replies().length;
    const { waMessageId } = await person.customer.send(said.text, said.overrides);
    await world.drain();
    person.lastId = waMessageId;
    const text = person.customer
      .replies()
      .slice(before)
      .map((reply) => reply.text ?? "")
      .join("\n");
    const allowed = new Set([...person.own, ...secretsIn(company[person.company]), ...secretsIn(said.text)]);
    const read = secretsIn(text);
    const languages = said.language ? [said.language] : LANGUAGES;
    for (const language of languages) allowed.add(`zzin${LANGUAGE_NAMES[language]}`);
    if (person.messages > 1)
      for (const each of read) if (each.startsWith("zzin") || each === "zzfirst") allowed.add(each);
    expect(
      read.filter((each) => !allowed.has(each)),
      `${step}: ${JSON.stringify(said)}`,
    ).toEqual([]);
    if (read.some((each) => person.own.has(each))) personal++;
  }
  const [turns] = await world.sql<{ cached: number; all: number }>`
    select count(*) filter (where rung = 'cached')::int as cached, count(*)::int as all from turns`;
  // Otherwise it would have proved nothing.
  expect(turns?.cached).toBeGreaterThan(steps / 24);
  expect(personal).toBeGreaterThan(steps / 8);
}, 300_000);
