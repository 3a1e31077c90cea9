import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Customer } from "../support/customer.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.model.setFault(null));

const newcomer = () => world.customer(`5197000${1000 + people++}`);

interface Offer {
  options: { title: string; description?: string }[];
  button?: string;
}

/** Makes the model call a tool and then say `words`, in the next turn. */
function modelCalls(name: string, input: object, words: string): void {
  world.model.setFault((request, n) => {
    if (request.kind === "classify") return null;
    return n === 2 ? { toolCalls: [{ name, arguments: JSON.stringify(input) }] } : { content: words };
  });
}

/** Asks, gets the offer, and gives the body that Graph got. */
async function offered(customer: Customer, offer: Offer, words = "¿Cuál quieres?") {
  modelCalls("offer_choices", offer, words);
  await customer.send("quiero un poncho");
  const [reply] = await customer.waitForReply();
  await world.drain();
  world.model.setFault(null);
  return reply;
}

/** Taps what was offered, and gives what the model then read. */
async function tapped(customer: Customer, interactive: object): Promise<string> {
  const [offer] = customer.replies();
  const context = { from: "15550001111", id: offer?.waMessageId };
  await customer.send("", { type: "interactive", text: undefined, interactive, context });
  await customer.waitForReply(2);
  await world.drain();
  const asked = world.model.requests.at(-1)?.messages.findLast(({ role }) => role === "user");
  return asked?.text ?? "";
}

const titled = (...titles: string[]): Offer => ({ options: titles.map((title) => ({ title })) });

test("three short options become buttons, and a tap comes back as its words", async () => {
  const ana = newcomer();
  const reply = await offered(ana, titled("Rojo", "Gris", "Vicuña"));
  const buttons = [
    { type: "reply", reply: { id: "1-rojo", title: "Rojo" } },
    { type: "reply", reply: { id: "2-gris", title: "Gris" } },
    { type: "reply", reply: { id: "3-vicuna", title: "Vicuña" } },
  ];
  expect(reply?.body.interactive).toEqual({
    type: "button",
    body: { text: "¿Cuál quieres?" },
    action: { buttons },
  });
  const read = await tapped(ana, { type: "button_reply", button_reply: { id: "2-gris", title: "Gris" } });
  expect(read).toBe('【in reply to: "¿Cuál quieres? (buttons: Rojo | Gris | Vicuña)"】 【button】 Gris');
});

test("five options become a list, and a choice comes back as its words", async () => {
  const ana = newcomer();
  const reply = await offered(ana, { ...titled("XS", "S", "M", "L", "XL"), button: "Ver tallas" });
  expect(reply?.body.interactive).toMatchObject({
    type: "list",
    action: { button: "Ver tallas", sections: [{ rows: [{ title: "XS" }, {}, {}, {}, { id: "5-xl" }] }] },
  });
  const read = await tapped(ana, { type: "list_reply", list_reply: { id: "3-m", title: "M" } });
  expect(read).toContain("【list choice】 M");
});

test("options too long for a row become numbered text under the question", async () => {
  const ana = newcomer();
  const description = "De alpaca bebé, tejido a mano en telar de cintura por familias de Chinchero";
  const long = "Poncho Ausangate de alpaca bebé en rojo cochinilla";
  const options = [{ title: long, description: description.slice(0, 60) }, { title: "Chalina Sama" }];
  const reply = await offered(ana, { options });
  expect(reply?.type).toBe("text");
  expect(reply?.text).toBe(
    `¿Cuál quieres?\n\n1. ${long}: ${description.slice(0, 60).trim()}\n2. Chalina Sama`,
  );
});

test("more than ten options are refused to the model, which says them in words", async () => {
  const ana = newcomer();
  const reply = await offered(
    ana,
    titled(...Array.from({ length: 11 }, (_, at) => `Talla ${at}`)),
    "¿Qué talla quieres, de la 0 a la 10?",
  );
  expect(reply).toMatchObject({ type: "text", text: "¿Qué talla quieres, de la 0 a la 10?" });
  const [call] = await world.sql<{ failed: boolean; output: { error: string } }>`
    select failed, output from tool_calls order by created_at desc limit 1`;
  expect(call).toMatchObject({ failed: true, output: { error: "more than ten options" } });
});

test("words too long to stand above buttons still go out whole, with a list", async () => {
  const ana = newcomer();
  const words = `${"Todo es de alpaca bebé. ".repeat(46)}\n\n¿Cuál quieres?`;
  const reply = await offered(ana, titled("Rojo", "Gris"), words);
  expect(reply?.body.interactive).toMatchObject({ type: "list", body: { text: words.replace(/ \n/, "\n") } });
});

test("a place is asked for with Meta's own button", async () => {
  const ana = newcomer();
  modelCalls("request_location", {}, "¿Dónde estás?");
  await ana.send("¿hacen entregas por mi barrio?");
  const [reply] = await ana.waitForReply();
  await world.drain();
  expect(reply?.body.interactive).toEqual({
    type: "location_request_message",
    body: { text: "¿Dónde estás?" },
    action: { name: "send_location" },
  });
});
