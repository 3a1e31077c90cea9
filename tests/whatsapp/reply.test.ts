import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validate } from "../../fakes/graph/rules/validate.ts";
import type { FreeFormMessage, OutboundMessage, ReplyExtra } from "../../lib/types/outbound.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { describeOutbound, replyMessages } from "../../lib/whatsapp/messages/reply.ts";
import { runs } from "../support/seed.ts";

type Option = Extract<ReplyExtra, { kind: "choices" }>["options"][number];

const choices = (...options: (string | Omit<Option, "id">)[]): ReplyExtra => ({
  kind: "choices",
  button: "Ver opciones",
  options: options.map((option, at) => ({
    id: `${at}`,
    ...(typeof option === "string" ? { title: option } : option),
  })),
});
const LOCATION: ReplyExtra = { kind: "location_request" };
const many = (count: number) => Array.from({ length: count }, (_, at) => `Opción ${at}`);
const rowsOf = (messages: FreeFormMessage[]) =>
  messages.flatMap((message) =>
    message.kind === "list" ? message.sections.flatMap((section) => section.rows) : [],
  );

describe("replyMessages", () => {
  it("sends the words as one text in WhatsApp's formatting", () => {
    expect(replyMessages("**Hola** Ana", null)).toEqual([{ kind: "text", text: "*Hola* Ana" }]);
  });

  it("splits words that are longer than one message, and sends nothing for none", () => {
    const messages = replyMessages("palabra ".repeat(1_000), null);
    expect(messages.map(({ kind }) => kind)).toEqual(["text", "text"]);
    expect(replyMessages(" ", null)).toEqual([]);
  });

  it("puts up to three short choices under the words as buttons", () => {
    expect(replyMessages("**¿Talla?**", choices("S", "M", "Veinte letras justas"))).toEqual([
      {
        kind: "buttons",
        body: "*¿Talla?*",
        buttons: [
          { id: "0", title: "S" },
          { id: "1", title: "M" },
          { id: "2", title: "Veinte letras justas" },
        ],
      },
    ]);
  });

  it.each<[string, string, ReplyExtra]>([
    ["four choices", "¿Cuál?", choices("a", "b", "c", "d")],
    ["ten choices", "¿Cuál?", choices(...many(10))],
    ["a title too long for a button", "¿Cuál?", choices("Veintiuna letras aquí", "b")],
    ["a description", "¿Cuál?", choices({ title: "a", description: "la primera" }, "b")],
    ["a title that just fits a description", "¿Cuál?", choices("x".repeat(72), "b")],
    ["words too long for buttons", "x".repeat(1_025), choices("a", "b")],
  ])("shows a list for %s", (_, words, extra) => {
    const [message, ...others] = replyMessages(words, extra);
    expect(message?.kind).toBe("list");
    expect(others).toEqual([]);
  });

  it("puts a title that is too long for a row whole into its description", () => {
    const long = "Manta de alpaca bebé tejida a mano";
    expect(rowsOf(replyMessages("¿Cuál?", choices(long, { title: "Poncho", description: "lana" })))).toEqual([
      { id: "0", title: "Manta de alpaca bebé…", description: long },
      { id: "1", title: "Poncho", description: "lana" },
    ]);
  });

  it.each<[string, ReplyExtra, string]>([
    ["eleven choices", choices(...many(11)), "1. Opción 0\n2. Opción 1\n"],
    ["a title that no row can hold", choices("x".repeat(73), "b"), `1. ${"x".repeat(73)}\n2. b`],
    [
      "a long title with a description beside which it does not fit",
      choices({ title: "t".repeat(30), description: "d".repeat(45) }, "b"),
      `1. ${"t".repeat(30)}: ${"d".repeat(45)}\n2. b`,
    ],
    ["titles that are the same to a reader", choices("Rojo", "rojo "), "1. Rojo\n2. rojo"],
    [
      "long titles that begin the same",
      choices("Manta de alpaca tejida uno", "Manta de alpaca tejida dos"),
      "1. Manta de alpaca tejida uno\n2. Manta de alpaca tejida dos",
    ],
    [
      "ids that are the same",
      {
        kind: "choices",
        button: "Ver",
        options: [
          { id: "a", title: "A" },
          { id: "a", title: "B" },
        ],
      },
      "1. A\n2. B",
    ],
    [
      "an id that no row can carry",
      {
        kind: "choices",
        button: "Ver",
        options: [
          { id: "a".repeat(257), title: "A" },
          { id: "b", title: "B" },
        ],
      },
      "1. A\n2. B",
    ],
  ])("writes numbered text for %s", (_, extra, lines) => {
    const [message, ...others] = replyMessages("¿Cuál?", extra);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ kind: "text", text: expect.stringContaining(`¿Cuál?\n\n${lines}`) });
  });

  it("puts choices under the last part of words that fill several messages", () => {
    const messages = replyMessages("palabra ".repeat(600), choices("a", "b"));
    expect(messages.map(({ kind }) => kind)).toEqual(["text", "buttons"]);
  });

  it("points at the choices when there are no words", () => {
    expect(replyMessages("", choices("a", "b"))).toMatchObject([{ kind: "buttons", body: "👇" }]);
    expect(replyMessages("", choices("a".repeat(80), "b"))).toEqual([
      { kind: "text", text: `1. ${"a".repeat(80)}\n2. b` },
    ]);
  });

  it("sends the words alone when there is nothing to choose", () => {
    expect(replyMessages("Hola", choices())).toEqual([{ kind: "text", text: "Hola" }]);
  });

  it("shortens a list's button visibly, and gives one without words a sign", () => {
    const button = (label: string) =>
      replyMessages("¿?", { ...choices(...many(5)), button: label } as ReplyExtra);
    expect(button("Ver todas las opciones que hay")).toMatchObject([{ button: "Ver todas las…" }]);
    expect(button("x".repeat(30))).toMatchObject([{ button: `${"x".repeat(19)}…` }]);
    expect(button("👍🏽".repeat(9))).toMatchObject([{ button: `${"👍🏽".repeat(4)}…` }]);
    expect(button(" ")).toMatchObject([{ button: "☰" }]);
  });

  it("asks for a location in the same message, or under the last paragraph of longer words", () => {
    expect(replyMessages("¿Dónde **estás**?", LOCATION)).toEqual([
      { kind: "location_request", body: "¿Dónde *estás*?" },
    ]);
    expect(replyMessages("", LOCATION)).toEqual([{ kind: "location_request", body: "👇" }]);
    const long = "palabra ".repeat(150).trim();
    expect(replyMessages(`${long}\n\n¿Dónde estás?`, LOCATION)).toEqual([
      { kind: "text", text: long },
      { kind: "location_request", body: "¿Dónde estás?" },
    ]);
    expect(replyMessages(long, LOCATION)).toEqual([
      { kind: "text", text: long },
      { kind: "location_request", body: "👇" },
    ]);
    expect(replyMessages(`Hola\n\n${long}`, LOCATION)).toMatchObject([
      { text: `Hola\n\n${long}` },
      { body: "👇" },
    ]);
    const code = `\`\`\`\n${"x\n".repeat(600)}\n\ny\n\`\`\``;
    expect(replyMessages(code, LOCATION)).toMatchObject([{ kind: "text" }, { body: "👇" }]);
  });

  const words = fc.string({
    unit: fc.constantFrom("a", "ñ", "👩‍👩‍👧‍👦", " ", "\n", "*", "_", "`", "é ", "palabra "),
    maxLength: 1_500,
  });
  const title = fc.string({ unit: fc.constantFrom("a", "b", "Ñ", "👍🏽", " ", "\n"), maxLength: 40 });
  const extra = fc.oneof(
    fc.constant(null),
    fc.constant(LOCATION),
    fc.record({
      kind: fc.constant("choices" as const),
      button: title,
      options: fc.array(
        fc.record({ id: title, title, description: title }, { requiredKeys: ["id", "title"] }),
        { maxLength: 12 },
      ),
    }),
  );

  it("gives only messages that Meta takes, with every letter of every choice, whatever the model offers", () => {
    fc.assert(
      fc.property(words, extra, (markdown, offered) => {
        const messages = replyMessages(markdown, offered);
        for (const message of messages) {
          const body = { messaging_product: "whatsapp", to: "+51987650001", ...graphMessage(message) };
          expect(validate(body)).toHaveProperty("kind", "message");
        }
        if (offered?.kind !== "choices") return;
        const shown = JSON.stringify(messages).replace(/\\n|\s/g, "");
        for (const option of offered.options) expect(shown).toContain(option.title.replace(/\s/g, ""));
      }),
      { numRuns: runs(500) },
    );
  });
});

describe("describeOutbound", () => {
  const media = { id: "1" };
  it.each<[string, OutboundMessage]>([
    ["hola\n*Ana*", { kind: "text", text: "hola\n*Ana*" }],
    ["【reaction 👍】", { kind: "reaction", waMessageId: "w", emoji: "👍" }],
    ["【reaction removed】", { kind: "reaction", waMessageId: "w", emoji: "" }],
    ["【image】 Manta", { kind: "image", media, caption: "Manta" }],
    ["【video】", { kind: "video", media }],
    ["【audio】", { kind: "audio", media }],
    ["【voice note】", { kind: "audio", media, voice: true }],
    ["【document: b.pdf】 Boleta", { kind: "document", media, filename: "b.pdf", caption: "Boleta" }],
    ["【sticker】", { kind: "sticker", media }],
    ["【location: Tienda, -12, -77】", { kind: "location", latitude: -12, longitude: -77, name: "Tienda" }],
    [
      "【contacts: Ana | Luis】",
      {
        kind: "contacts",
        contacts: [{ name: { formattedName: "Ana" } }, { name: { formattedName: "Luis" } }],
      },
    ],
    ["¿Dónde? 【location request】", { kind: "location_request", body: "¿Dónde?" }],
    ["¿Tu número? 【contact request】", { kind: "contact_request", body: "¿Tu número?" }],
    [
      "Pedido\n¿Sí?\nTienda 【buttons: A | B】",
      {
        kind: "buttons",
        header: { type: "text", text: "Pedido" },
        body: "¿Sí?",
        footer: "Tienda",
        buttons: [
          { id: "1", title: "A" },
          { id: "2", title: "B" },
        ],
      },
    ],
    [
      "Elige 【list: S | M】",
      {
        kind: "list",
        body: "Elige",
        button: "Ver",
        sections: [{ title: "a", rows: [{ id: "1", title: "S" }] }, { rows: [{ id: "2", title: "M" }] }],
      },
    ],
    [
      "【image】 Paga 【link: Pagar, https://a.pe】",
      {
        kind: "cta_url",
        header: { type: "image", media },
        body: "Paga",
        label: "Pagar",
        url: "https://a.pe",
      },
    ],
    [
      "Reserva 【form: Reservar】",
      { kind: "flow", body: "Reserva", flow: { id: "1" }, label: "Reservar", token: "t" },
    ],
    ["【template order_ready】", { kind: "template", name: "order_ready", languageCode: "es" }],
    [
      "【template order_ready: Ana | 20:00】",
      {
        kind: "template",
        name: "order_ready",
        languageCode: "es",
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Ana" },
              { type: "text", text: "20:00" },
            ],
          },
          { type: "button", subType: "url", index: 0, parameters: [{ type: "text", text: "p/1" }] },
        ],
      },
    ],
  ])("says %j", (expected, message) => {
    expect(describeOutbound(message)).toBe(expected);
  });

  it("is bounded, and ends its brackets", () => {
    const contacts = Array.from({ length: 257 }, () => ({ name: { formattedName: "x".repeat(50) } }));
    const described = describeOutbound({ kind: "contacts", contacts });
    expect(described).toHaveLength(1_000 + "【contacts: 】".length);
    expect(described).toMatch(/…】$/);
    expect(describeOutbound({ kind: "text", text: "x".repeat(9_000) })).toHaveLength(4_096);
  });
});
