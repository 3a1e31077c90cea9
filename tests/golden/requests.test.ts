import { afterAll, beforeAll, expect, test } from "vitest";
import { voiceNote } from "../media/support.ts";
import type { Customer } from "../support/customer.ts";
import { sample } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ env: { INTENT_FAST_PATH: "on" } });
  // "pregunta 3" makes the model ask the third of these; "calla:" silences it.
  world.model.setFault(({ kind, messages }) => {
    const said = messages.findLast(({ role }) => role === "user")?.text ?? "";
    if (said.includes("calla:")) return { status: 500 };
    if (kind === "classify" || kind === "transcribe") return null;
    const scripted = /^pregunta (\d+)$/.exec(said)?.[1];
    return scripted === undefined ? null : { content: QUESTIONS[Number(scripted)] ?? "" };
  });
});
afterAll(() => world.close());

/** What the model was made to ask. */
const QUESTIONS: string[] = [];
const newcomer = (prefix = "5197700"): Customer => world.customer(`${prefix}${1000 + people++}`);
const STOPPED = /no te escribiremos más|won't message you|não vamos mais escrever/;
const ASKED = /dejemos de escribirte|stop messaging you here|pare de escrever/;
const WAY_BACK = /escribe \*ALTA\*|reply \*START\*|escreva \*REATIVAR\*/;
const KEPT = /seguimos por aquí|keep writing here|continuamos por aqui/;
const OPTED_IN = /Hola de nuevo|Welcome back|Que bom ter você/;

const optedOut = async ({ phone }: Customer): Promise<boolean> => {
  const [row] = await world.sql<{ out: boolean }>`
    select opted_out_at is not null as out from customers where phone = ${phone}`;
  return row?.out ?? false;
};
const texts = (customer: Customer) => customer.replies().map(({ text }) => text ?? "");
let seconds = 0;
/** Meta's times are whole seconds: later choices need later ones. */
const later = () => ({ timestamp: String(Math.floor(Date.now() / 1000) + ++seconds) });

/** Our question, and the customer's answer; gives the replies after the question. */
async function answered(question: string, answer: string, prefix?: string): Promise<[Customer, string[]]> {
  const customer = newcomer(prefix);
  await customer.send(`pregunta ${QUESTIONS.push(question) - 1}`);
  await customer.waitForReply();
  await world.drain();
  await customer.send(answer, later());
  await customer.waitForReply(2);
  await world.drain();
  return [customer, texts(customer).slice(1)];
}

async function sendFile(customer: Customer, type: string, bytes: Uint8Array, more: object): Promise<void> {
  const mimeType = type === "audio" ? "audio/ogg; codecs=opus" : "image/png";
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  await customer.send("", { type, text: undefined, [type]: { id, mime_type: mimeType, ...more } });
}

const IN_OWN_WORDS: readonly (readonly [text: string, prefix?: string])[] = [
  ["dejen de escribirme"],
  ["stop texting me", "1555111"],
  ["quero sair da lista", "5511977"],
  ["no quiero más publicidad"],
  ["unsuscribe", "1555111"],
  ["quítenme de su lista"],
  ["Hola 👋 por favor ya no me manden nada. Gracias 🙏"],
  ["Stop. Thank you!", "1555111"],
];

test("a stop request in the customer's own words is honoured and confirmed once", async () => {
  await Promise.all(
    IN_OWN_WORDS.map(async ([text, prefix]) => {
      const customer = newcomer(prefix);
      await customer.send(text);
      await customer.waitForReply();
      await world.drain();
      expect([text, texts(customer)]).toEqual([text, [expect.stringMatching(STOPPED)]]);
      expect(await optedOut(customer)).toBe(true);
    }),
  );
});

test("so is one that is spoken, or stands under a picture", async () => {
  const spoken = newcomer();
  await sendFile(spoken, "audio", voiceNote(4, "No quiero más mensajes."), { voice: true });
  const captioned = newcomer();
  await sendFile(captioned, "image", new Uint8Array([1]), { caption: "BAJA" });
  const asking = newcomer();
  await sendFile(asking, "audio", voiceNote(4, "¿Cuánto cuesta el envío?"), { voice: true });
  await world.drain();
  expect(texts(spoken)).toEqual([expect.stringMatching(STOPPED)]);
  expect(texts(captioned)).toEqual([expect.stringMatching(STOPPED)]);
  expect(await Promise.all([spoken, captioned, asking].map(optedOut))).toEqual([true, true, false]);
  const [row] = await world.sql<{ opt: string; reading: string }>`
    select opt, reading from messages m join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${spoken.phone} and direction = 'in'`;
  expect(row).toEqual({ opt: "stop", reading: "No quiero más mensajes." });
  await spoken.send("gracias");
  await world.drain();
  expect(texts(spoken)).toHaveLength(1);
});

const ANSWERS: readonly (readonly [question: string, answer: string, outcome: "model" | "asked" | "stop"])[] =
  [
    ["¿Prefieres el modelo de cintura alta o baja?", "baja", "model"],
    ["¿Quieres seguir o parar?", "parar", "model"],
    ["What does the red sign say?", "STOP", "model"],
    ["¿Cuál es tu talla?", "baja", "asked"],
    ["¿Te muestro más modelos?", "STOP", "asked"],
    ["¿En qué te puedo ayudar?", "BAJA", "stop"],
    ["¡Hola! Soy el asistente de Tambo. ¿Qué necesitas?", "STOP", "stop"],
    ["¿Cuál es tu talla?", "dejen de escribirme", "stop"],
    ["Tenemos tres colores. Escribe BAJA si no quieres más mensajes. ¿Te muestro?", "baja", "stop"],
    ["¿Te interesa el poncho?", "no me interesa, gracias", "model"],
  ];

test("a word that answers our question is not taken for a stop; where it is doubtful we ask", async () => {
  await Promise.all(
    ANSWERS.map(async ([question, answer, outcome]) => {
      const [customer, [reply = ""]] = await answered(question, answer);
      const got = STOPPED.test(reply) ? "stop" : ASKED.test(reply) ? "asked" : "model";
      expect([question, answer, got]).toEqual([question, answer, outcome]);
      expect([question, answer, await optedOut(customer)]).toEqual([question, answer, outcome === "stop"]);
    }),
  );
});

const FURTHER: readonly (readonly [answer: string, reply: RegExp, out: boolean])[] = [
  ["tap: No más mensajes", STOPPED, true],
  ["tap: Seguir recibiendo", KEPT, false],
  ["sí", STOPPED, true],
  ["no", KEPT, false],
  ["¿Cuánto cuesta el envío?", /S\/ 10/, false],
];

test("the two buttons decide, and so do plain words", async () => {
  await Promise.all(
    FURTHER.map(async ([answer, reply, out]) => {
      const [customer] = await answered("¿Cuál es tu talla?", "baja");
      const asked = customer.replies()[1];
      const title = answer.startsWith("tap: ") ? answer.slice(5) : null;
      if (title) await tap(customer, asked, title);
      else await customer.send(answer, later());
      await customer.waitForReply(3);
      await world.drain();
      expect([answer, texts(customer).at(-1)]).toEqual([answer, expect.stringMatching(reply)]);
      expect([answer, await optedOut(customer)]).toEqual([answer, out]);
    }),
  );
});

/** Taps a button of a message by its label. */
async function tap(
  customer: Customer,
  shown: ReturnType<Customer["replies"]>[number] | undefined,
  title: string,
) {
  const offered = shown?.body.interactive as
    | { action: { buttons: { reply: { title: string } }[] } }
    | undefined;
  const button = offered?.action.buttons.find(({ reply }) => reply.title === title);
  const interactive = { type: "button_reply", button_reply: button?.reply };
  const context = { from: "15550001111", id: shown?.waMessageId };
  await customer.send("", { type: "interactive", text: undefined, interactive, context, ...later() });
}

test("an old button still means what it says: it undoes an opt-out, and opts out", async () => {
  const [customer] = await answered("¿Cuál es tu talla?", "baja");
  const asked = customer.replies()[1];
  await tap(customer, asked, "No más mensajes");
  await world.drain();
  await tap(customer, asked, "Seguir recibiendo");
  await world.drain();
  expect(texts(customer).at(-1)).toMatch(OPTED_IN);
  await tap(customer, asked, "No más mensajes");
  await world.drain();
  expect(texts(customer).at(-1)).toMatch(STOPPED);
  expect(await optedOut(customer)).toBe(true);
});

const AFTER_STOP: [stop: string, question: string, start: string, prefix?: string][] = [
  ["BAJA", "me llegó roto el poncho", "ALTA"],
  ["stop", "my package never arrived", "START", "1555112"],
  ["STOP", "hola, ¿cuánto cuesta el poncho? quiero comprar", "ALTA"],
  ["sair", "quero comprar um poncho", "REATIVAR", "5511966"],
];

test.each(sample(AFTER_STOP, 2))(
  "after %j a real question is told the way back, once for each stop",
  async (stop, question, start, prefix) => {
    const customer = newcomer(prefix);
    const say = async (...all: string[]) => {
      for (const text of all) await customer.send(text, later());
      await world.drain();
      return texts(customer);
    };
    expect(await say(stop)).toHaveLength(1);
    expect(await say("ok", "👍", "gracias", stop, "hola", "no quiero nada")).toHaveLength(1);
    expect((await say(question)).slice(1)).toEqual([expect.stringMatching(WAY_BACK)]);
    expect(await say(question, "¿hola?", stop)).toHaveLength(2);
    expect((await say(start)).slice(2)).toEqual([expect.stringMatching(OPTED_IN)]);
    expect((await say(stop)).slice(3)).toEqual([expect.stringMatching(STOPPED)]);
    expect((await say(question, question)).slice(4)).toEqual([expect.stringMatching(WAY_BACK)]);
  },
);

test("a bare word that answers our question is no request for a person", async () => {
  const cases = [
    ["¿El regalo es para una persona o para una mascota?", "persona"],
    ["¿Eres agente o cliente?", "agente"],
    ["O presente é para uma pessoa ou um animal?", "pessoa"],
  ] as const;
  await Promise.all(
    cases.map(async ([question, answer]) => {
      const before = world.model.requests.length;
      await answered(question, answer);
      const sorted = world.model.requests.slice(before).filter(({ kind }) => kind === "classify");
      expect(sorted.some(({ messages }) => messages.at(-1)?.text === answer)).toBe(true);
    }),
  );
});

const WITHOUT_A_MODEL: readonly (readonly [text: string, handedOver: boolean])[] = [
  ["me comunicas con soporte?", true],
  ["llámenme", true],
  ["can someone call me", true],
  ["pásame con alguien de ventas", true],
  ["the real estate agent called me about the invoice, what is the price?", false],
  ["mi asesor financiero pregunta cuánto cuesta", false],
];

test("without a model, who asks for a person in other words is handed over, and nobody else", async () => {
  await Promise.all(
    WITHOUT_A_MODEL.map(async ([text, handedOver]) => {
      const customer = newcomer();
      await customer.send(`calla:\n${text}`);
      await customer.waitForReply();
      await world.drain();
      const [row] = await world.sql<{ status: string }>`
        select status from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
      expect([text, row?.status]).toEqual([text, handedOver ? "human" : "bot"]);
    }),
  );
});
