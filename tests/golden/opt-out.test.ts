import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const LANGUAGES = [
  {
    language: "es",
    phone: "51980001001",
    stop: "BAJA",
    start: "Alta, por favor",
    question: "¿Cuánto cuesta el envío?",
    said: [/no te escribiremos más/, /escribe \*ALTA\*/, /Hola de nuevo/, /S\/ 10/],
  },
  {
    language: "en",
    phone: "15550002001",
    stop: "Stop!",
    start: "START",
    question: "How much is shipping?",
    said: [/won't message you/, /reply \*START\*/, /Welcome back/, /S\/ 10/],
  },
  {
    language: "pt",
    phone: "5511980002001",
    stop: "quero me descadastrar",
    start: "reativar",
    question: "Quanto custa o frete?",
    said: [/não vamos mais escrever/, /escreva \*REATIVAR\*/, /Que bom ter você de volta/, /S\/ 10/],
  },
];

test.each(LANGUAGES)(
  "who asks for no more messages in $language is told so once, and the way back once, then nothing until they take it",
  async ({ phone, stop, start, question, said }) => {
    const customer = world.customer(phone);
    await customer.send(stop);
    await customer.waitForReply();
    await world.drain();
    for (const text of [stop, question, question, "hola"]) await customer.send(text);
    await world.drain();
    await world.resume();
    await world.drain();
    expect(customer.replies()).toHaveLength(2);

    // Nobody takes it back within the same second, and Meta's times are whole seconds.
    await customer.send(start, { timestamp: String(Math.floor(Date.now() / 1000) + 1) });
    await customer.waitForReply(3);
    await world.drain();
    await customer.send(question);
    await customer.waitForReply(4);
    await world.drain();
    const texts = customer.replies().map(({ text }) => text);
    expect(texts).toEqual(said.map((words) => expect.stringMatching(words)));
  },
);

test("a stop that comes while an answer is being written keeps that answer back", async () => {
  const ana = world.customer("51980001002");
  world.model.setFault((request, n) =>
    request.kind !== "classify" && n === 2
      ? { first: () => ana.send("stop"), content: "Tenemos ponchos." }
      : null,
  );
  await ana.send("quiero un poncho");
  await ana.waitForReply();
  await world.drain();
  world.model.setFault(null);
  expect(ana.replies().map(({ text }) => text)).toEqual([expect.stringMatching(/escribiremos|not write/)]);
});

test("who wants no marketing, by their setting in WhatsApp, is still answered", async () => {
  const ana = world.customer("51980001003");
  const timestamp = Math.floor(Date.now() / 1000);
  const setting = { wa_id: ana.phone, category: "marketing_messages", value: "stop", timestamp };
  const metadata = { display_phone_number: "15550001111", phone_number_id: "106540352242922" };
  const value = { messaging_product: "whatsapp", metadata, user_preferences: [setting] };
  const changes = [{ field: "user_preferences", value }];
  await world.deliver({ object: "whatsapp_business_account", entry: [{ id: "WABA", changes }] });
  await ana.send("hola");
  await ana.waitForReply();
  const [row] = await world.sql<{ is: boolean }>`
    select no_marketing_at is not null as is from customers where phone = ${ana.phone}`;
  expect(row?.is).toBe(true);
});
