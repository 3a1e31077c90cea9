import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

const PICTURE = "https://fotos.tambo.example/poncho.jpg";
const INVOICE = "https://docs.tambo.example/f/1042.pdf?k=7";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ env: { REPLY_OVERLAP: "off" } });
  const [{ id = "" } = {}] = await world.sql<{ id: string }>`select id from tenants`;
  await world.sql`
    insert into knowledge (tenant_id, slug, language, title, body, keywords)
      values (${id}, 'poncho-photo', 'es', '¿Tienen fotos del poncho Ausangate?',
        ${`Así es el poncho: ${PICTURE}. Su ficha: ${INVOICE}.`}, 'foto, fotos, ficha')`;
});
afterAll(() => world.close());
beforeEach(() => world.model.setFault(null));

const TOOLS = "send_attachment";

/** Sends a question, which the model looks up, answers with an attachment, and then with `words`. */
async function answered(attachment: object, words: string) {
  const customer = world.customer(`5197100${1000 + people++}`);
  const offered: string[][] = [];
  world.model.setFault((request) => {
    if (request.kind === "classify")
      return { content: JSON.stringify({ intent: "product_question", confidence: 0.9, language: "es" }) };
    offered.push([...request.tools]);
    const calls: [string, object][] = [
      ["lookup", { source: "knowledge", query: "fotos del poncho Ausangate" }],
      [TOOLS, attachment],
    ];
    const next = calls[offered.length - 1];
    return next ? { toolCalls: [{ name: next[0], arguments: JSON.stringify(next[1]) }] } : { content: words };
  });
  await customer.send("¿me muestras unas fotos del poncho Ausangate?");
  const [reply] = await customer.waitForReply();
  await world.drain();
  const [call] = await world.sql<{ output: { error?: string } }>`
    select output from tool_calls where name = ${TOOLS} order by id desc limit 1`;
  return { reply, offered, error: call?.output.error };
}

test("a picture that a passage names is one message with the words as its caption", async () => {
  const { reply, offered, error } = await answered(
    { kind: "picture", url: PICTURE },
    "Así se ve, **en rojo**.",
  );
  expect(error).toBeUndefined();
  expect(reply?.type).toBe("image");
  expect(reply?.body.image).toEqual({ link: PICTURE, caption: "Así se ve, *en rojo*." });
  // Until a tool has returned an address, the tool would only cost tokens; the last step has none.
  expect(offered.map((names) => names.includes(TOOLS))).toEqual([false, true, false]);
});

test("a file is sent by its link, under a name with the ending of its address", async () => {
  const { reply } = await answered({ kind: "file", url: INVOICE, title: "Ficha del poncho" }, "Aquí está.");
  expect(reply?.body.document).toEqual({
    link: INVOICE,
    filename: "Ficha del poncho.pdf",
    caption: "Aquí está.",
  });
});

test("a page becomes a button under the words", async () => {
  const { reply } = await answered(
    { kind: "page", url: INVOICE, title: "Ver la ficha" },
    "Aquí está la ficha.",
  );
  expect(reply?.body.interactive).toMatchObject({
    type: "cta_url",
    body: { text: "Aquí está la ficha." },
    action: { parameters: { display_text: "Ver la ficha", url: INVOICE } },
  });
});

test.each([
  ["made up", "https://phishing.example/poncho.jpg"],
  ["longer than what was returned", `${PICTURE}/../otro.jpg`],
  ["shorter than what was returned", "https://fotos.tambo.example/poncho"],
  ["not encrypted", PICTURE.replace("https", "http")],
])("an address that is %s goes nowhere, and the words go out alone", async (_what, url) => {
  const { reply, error } = await answered({ kind: "picture", url }, "No tengo una foto a la mano.");
  expect(error).toBeDefined();
  expect(reply).toMatchObject({ type: "text", text: "No tengo una foto a la mano." });
});

test("words too long for a caption go before it, and none is lost", async () => {
  const long = `${Array.from({ length: 31 }, (_, at) => `Lo tejen ${at + 2} familias de Chinchero.`).join(" ")}\n\nAsí se ve.`;
  const { reply } = await answered({ kind: "picture", url: PICTURE }, long);
  await world.drain();
  const sent = world.graph.sent.filter(({ phone }) => phone === reply?.phone);
  expect(sent.map(({ type }) => type)).toEqual(["text", "image"]);
  expect(sent[1]?.body.image).toEqual({ link: PICTURE, caption: "Así se ve." });
});
