import { afterAll, beforeAll, expect, test } from "vitest";
import { newWaMessageId } from "../../host/meta-webhook.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const OUR_PHONE = "15550001111";
const newcomer = () => world.customer(`5199000${1000 + people++}`);
const nowS = () => String(Math.floor(Date.now() / 1000));

async function deliver(field: string, value: object): Promise<void> {
  const metadata = { display_phone_number: OUR_PHONE, phone_number_id: WORLD.phoneNumberId };
  const changes = [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }];
  await world.deliver({ object: "whatsapp_business_account", entry: [{ id: "WABA", changes }] });
  await world.drain();
}

/** An operator writes from the WhatsApp Business app. */
const echo = ({ phone }: Customer, body: string) =>
  deliver("smb_message_echoes", {
    message_echoes: [
      { from: OUR_PHONE, to: phone, id: newWaMessageId(), timestamp: nowS(), type: "text", text: { body } },
    ],
  });
const handover = ({ phone }: Customer, type: "control_passed" | "control_taken") =>
  deliver("messaging_handovers", {
    recipient: { display_phone_number: OUR_PHONE, phone_number_id: WORLD.phoneNumberId },
    sender: { phone_number: phone },
    timestamp: nowS(),
    type,
  });
async function says(customer: Customer, text: string): Promise<number> {
  await customer.send(text);
  await world.drain();
  return customer.replies().length;
}

test("when a person answers from the phone app the bot is silent until its pause is over, and knows what was said", async () => {
  const ana = newcomer();
  expect(await says(ana, "hola")).toBe(1);
  await echo(ana, "Hola, soy Rosa: tu poncho sale mañana.");
  expect(await says(ana, "¡gracias, Rosa!")).toBe(1);
  // Twelve hours later.
  await world.sql`update conversations set bot_resumes_at = clock_timestamp() - interval '1 second'
    where bot_resumes_at is not null`;
  expect(await says(ana, "¿Cuánto cuesta el envío?")).toBe(2);
  const asked = world.model.requests.at(-1)?.messages.map(({ role, text }) => `${role}: ${text}`);
  expect(asked).toContain("assistant: Hola, soy Rosa: tu poncho sale mañana.");
  expect(asked).toContain("user: ¡gracias, Rosa!");
});

test("a person who answers while the bot is writing keeps the bot's answer back", async () => {
  const ana = newcomer();
  world.model.setFault((request, n) =>
    n === 2 && request.kind !== "classify" ? { first: () => echoNow(ana), content: "Soy el bot." } : null,
  );
  expect(await says(ana, "quiero un poncho")).toBe(0);
  world.model.setFault(null);
  expect(
    await world.sql`select state, text from messages where direction = 'out' and text = 'Soy el bot.'`,
  ).toEqual([{ state: "withheld", text: "Soy el bot." }]);
});

/** As `echo`, without waiting for the turn that is under way. */
async function echoNow({ phone }: Customer): Promise<void> {
  const message = { from: OUR_PHONE, to: phone, id: newWaMessageId(), timestamp: nowS() };
  const metadata = { display_phone_number: OUR_PHONE, phone_number_id: WORLD.phoneNumberId };
  const message_echoes = [{ ...message, type: "text", text: { body: "Yo te atiendo." } }];
  const value = { messaging_product: "whatsapp", metadata, message_echoes };
  const changes = [{ field: "smb_message_echoes", value }];
  await world.deliver({ object: "whatsapp_business_account", entry: [{ id: "WABA", changes }] });
}

test("what another app owns is not answered until it is given back", async () => {
  const ana = newcomer();
  expect(await says(ana, "hola")).toBe(1);
  await handover(ana, "control_taken");
  await deliver("standby", {
    contacts: [{ profile: { name: "Ana" }, wa_id: ana.phone }],
    messages: [
      {
        from: ana.phone,
        id: newWaMessageId(),
        timestamp: nowS(),
        type: "text",
        text: { body: "¿y en rojo?" },
      },
    ],
  });
  expect(ana.replies()).toHaveLength(1);
  await handover(ana, "control_passed");
  expect(await says(ana, "¿Cuánto cuesta el envío?")).toBe(2);
  const asked = world.model.requests.at(-1)?.messages.map(({ text }) => text);
  expect(asked).toContain("¿y en rojo?");
});

test("one person who comes by phone, by both names and by user id alone is one person with one history", async () => {
  const phone = "51990002001";
  const userId = "PE.70100200300400500600";
  const write = (text: string, names: { from?: string; from_user_id?: string }) =>
    deliver("messages", {
      contacts: [
        {
          profile: { name: "Ana" },
          ...(names.from && { wa_id: names.from }),
          ...(names.from_user_id && { user_id: names.from_user_id }),
        },
      ],
      messages: [{ ...names, id: newWaMessageId(), timestamp: nowS(), type: "text", text: { body: text } }],
    });
  await write("hola, me gusta el rojo", { from: phone });
  await write("¿Cuánto cuesta el envío?", { from: phone, from_user_id: userId });
  await write("gracias", { from_user_id: userId });
  const asked = world.model.requests.at(-1)?.messages.map(({ text }) => text);
  expect(asked).toEqual(expect.arrayContaining(["hola, me gusta el rojo", "gracias"]));
  const [row] = await world.sql<{ n: number }>`
    select count(*)::int as n from customers where phone = ${phone} or wa_user_id = ${userId}`;
  expect(row?.n).toBe(1);
});
