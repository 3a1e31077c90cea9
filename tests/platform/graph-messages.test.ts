import { expect, test } from "vitest";
import { as, LINK as link, startJudge, text, x } from "./graph-support.ts";

const name = { formatted_name: "Ana Quispe", first_name: "Ana" };

test.each<[string, Record<string, unknown>]>([
  ["a text of 4096 characters", text(x(4096))],
  [
    "a text with a preview and a quote",
    {
      type: "text",
      text: { body: "https://example.com", preview_url: true },
      context: { message_id: "wamid.a" },
    },
  ],
  ["a reaction", as("reaction", { message_id: "wamid.a", emoji: "👍🏽" })],
  ["a reaction taken back", as("reaction", { message_id: "wamid.a", emoji: "" })],
  ["a flag as reaction", as("reaction", { message_id: "wamid.a", emoji: "🇵🇪" })],
  ["an image by link with a caption of 1024", as("image", { ...link, caption: x(1024) })],
  ["a video", as("video", link)],
  ["a voice message", as("audio", { ...link, voice: true })],
  ["a document with a name", as("document", { ...link, filename: "menu.pdf", caption: "Our menu" })],
  ["a sticker", as("sticker", link)],
  [
    "a location",
    as("location", { latitude: -12.05, longitude: "-77.04", name: "Plaza Mayor", address: "Lima" }),
  ],
  [
    "contacts",
    as("contacts", [
      {
        name,
        phones: [{ phone: "+51987654321", type: "CELL", wa_id: "51987654321" }],
        org: { company: "Chasqui" },
      },
    ]),
  ],
])("takes %s", async (_name, body) => {
  const { graph, post } = await startJudge();
  expect(await post(body)).toMatchObject({ code: 200 });
  expect(graph.sent).toMatchObject([{ type: body.type, body }]);
});

test.each<[string, number, string, Record<string, unknown>]>([
  ["a text of 4097 characters", 100, "text['body']", text(x(4097))],
  ["a misspelt parameter", 100, "text", { type: "text", text: { body: "a", preview: true } }],
  ["a reaction to nothing", 131008, "reaction['message_id']", as("reaction", { emoji: "👍" })],
  ["a reaction without emoji", 131008, "reaction['emoji']", as("reaction", { message_id: "wamid.a" })],
  [
    "a reaction of words",
    131009,
    "reaction['emoji']",
    as("reaction", { message_id: "wamid.a", emoji: "ok" }),
  ],
  [
    "two emoji as reaction",
    131009,
    "reaction['emoji']",
    as("reaction", { message_id: "wamid.a", emoji: "👍👍" }),
  ],
  [
    "a reaction that quotes",
    100,
    "context",
    { ...as("reaction", { message_id: "wamid.a", emoji: "👍" }), context: { message_id: "wamid.a" } },
  ],
  ["an image of nothing", 131008, "image['link']", as("image", {})],
  ["an image by link and id", 131009, "image['link']", as("image", { ...link, id: "1" })],
  ["a link to a file of this machine", 131009, "image['link']", as("image", { link: "file:///etc/passwd" })],
  ["a caption of 1025", 131009, "image['caption']", as("image", { ...link, caption: x(1025) })],
  ["a caption under audio", 100, "audio", as("audio", { ...link, caption: "a" })],
  ["a caption under a sticker", 100, "sticker", as("sticker", { ...link, caption: "a" })],
  ["a latitude of 91", 131009, "location['latitude']", as("location", { latitude: 91, longitude: 0 })],
  [
    "a longitude in words",
    131009,
    "location['longitude']",
    as("location", { latitude: 9, longitude: "west" }),
  ],
  ["no longitude", 131008, "location['longitude']", as("location", { latitude: 9 })],
  ["no contacts", 100, "contacts", as("contacts", [])],
  [
    "a contact without a first name",
    131008,
    "contacts[0]['name']['first_name']",
    as("contacts", [{ name: { formatted_name: "Ana" } }]),
  ],
  ["a birthday in words", 131009, "contacts[0]['birthday']", as("contacts", [{ name, birthday: "May" }])],
  [
    "a text in a button that answers",
    131009,
    "template['components'][0]['parameters'][0]['type']",
    as("template", {
      name: "hello",
      language: { code: "es" },
      components: [
        { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "text", text: "a" }] },
      ],
    }),
  ],
  ["a template without language", 131008, "template['language']", as("template", { name: "hello" })],
  [
    "a template name in capitals",
    131009,
    "template['name']",
    as("template", { name: "Hello", language: { code: "es" } }),
  ],
])("refuses %s with code %i", async (_name, code, parameter, body) => {
  const { graph, post } = await startJudge();
  const answer = await post(body);
  expect(answer).toMatchObject({ code, status: 400 });
  expect(answer.details.split(": ")[0]).toBe(parameter);
  expect(graph.sent).toEqual([]);
});

test("gives the words a person reads: a text or a caption", async () => {
  const { graph, post } = await startJudge();
  await post(text("hola"));
  await post(as("image", { ...link, caption: "Our shop" }));
  await post(as("sticker", link));
  expect(graph.sent.map((message) => message.text)).toEqual(["hola", "Our shop", null]);
});
