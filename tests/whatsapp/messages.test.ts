import { describe, expect, it } from "vitest";
import { validate } from "../../fakes/graph/rules/validate.ts";
import type { FreeFormMessage, OutboundMessage, TemplateComponent } from "../../lib/types/outbound.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { MessageLimitError } from "../../lib/whatsapp/messages/check.ts";
import { LIMITS } from "../../lib/whatsapp/messages/limits.ts";

const media = { id: "1037543291543636" };
const link = { link: "https://a.pe/manta.jpg" };
const sized = (length: number) => "x".repeat(length);
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ id: `r${from + at}`, title: `Fila ${from + at}` }));

type Of<Kind extends OutboundMessage["kind"]> = Extract<OutboundMessage, { kind: Kind }>;

const BUTTONS: Of<"buttons"> = {
  kind: "buttons",
  body: "¿Confirmas?",
  buttons: [
    { id: "si", title: "Sí" },
    { id: "no", title: "No" },
  ],
};
const LIST: Of<"list"> = {
  kind: "list",
  body: "Elige",
  button: "Ver tallas",
  sections: [{ rows: [{ id: "s", title: "S", description: "Pequeña" }] }],
};
const CTA: Of<"cta_url"> = { kind: "cta_url", body: "Paga aquí", label: "Pagar", url: "https://a.pe/p?x=1" };
const FLOW: Of<"flow"> = {
  kind: "flow",
  body: "Reserva tu hora",
  flow: { id: "123" },
  label: "Reservar",
  token: "t-1",
};
const TEMPLATE: Of<"template"> = { kind: "template", name: "order_ready", languageCode: "es" };

const frame = (message: Of<"buttons" | "list" | "cta_url" | "flow">) => ({ body: { text: message.body } });

describe("graphMessage", () => {
  it.each<[string, OutboundMessage, Record<string, unknown>]>([
    [
      "a text, without preview",
      { kind: "text", text: "Mira https://a.pe" },
      { type: "text", text: { body: "Mira https://a.pe", preview_url: false } },
    ],
    [
      "a text with a preview",
      { kind: "text", text: "https://a.pe", previewUrl: true },
      { type: "text", text: { body: "https://a.pe", preview_url: true } },
    ],
    [
      "a reaction",
      { kind: "reaction", waMessageId: "wamid.A", emoji: "👩🏽‍🌾" },
      { type: "reaction", reaction: { message_id: "wamid.A", emoji: "👩🏽‍🌾" } },
    ],
    [
      "a reaction taken back",
      { kind: "reaction", waMessageId: "wamid.A", emoji: "" },
      { type: "reaction", reaction: { message_id: "wamid.A", emoji: "" } },
    ],
    [
      "an image by address",
      { kind: "image", media: link, caption: "Manta" },
      { type: "image", image: { ...link, caption: "Manta" } },
    ],
    ["a video by id", { kind: "video", media }, { type: "video", video: media }],
    ["an audio file", { kind: "audio", media }, { type: "audio", audio: media }],
    ["audio that is no voice note", { kind: "audio", media, voice: false }, { type: "audio", audio: media }],
    [
      "a voice note",
      { kind: "audio", media, voice: true },
      { type: "audio", audio: { ...media, voice: true } },
    ],
    [
      "a document",
      { kind: "document", media, caption: "Boleta", filename: "b.pdf" },
      { type: "document", document: { ...media, caption: "Boleta", filename: "b.pdf" } },
    ],
    ["a sticker", { kind: "sticker", media }, { type: "sticker", sticker: media }],
    [
      "a place",
      { kind: "location", latitude: -12.04, longitude: -77.03, name: "Tienda", address: "Jr. Unión 1" },
      {
        type: "location",
        location: { latitude: -12.04, longitude: -77.03, name: "Tienda", address: "Jr. Unión 1" },
      },
    ],
    [
      "a card of a name alone",
      { kind: "contacts", contacts: [{ name: { formattedName: "Ana Ruiz" } }] },
      { type: "contacts", contacts: [{ name: { formatted_name: "Ana Ruiz", first_name: "Ana Ruiz" } }] },
    ],
    [
      "a whole card",
      {
        kind: "contacts",
        contacts: [
          {
            name: { formattedName: "Ana Ruiz", firstName: "Ana", lastName: "Ruiz" },
            phones: [{ phone: "+51 1", type: "WORK", waId: "511" }],
            emails: [{ email: "a@a.pe" }],
            urls: [{ url: "https://a.pe", type: "WORK" }],
            organization: { company: "A", title: "Ventas" },
          },
        ],
      },
      {
        type: "contacts",
        contacts: [
          {
            name: { formatted_name: "Ana Ruiz", first_name: "Ana", last_name: "Ruiz" },
            phones: [{ phone: "+51 1", type: "WORK", wa_id: "511" }],
            emails: [{ email: "a@a.pe" }],
            urls: [{ url: "https://a.pe", type: "WORK" }],
            org: { company: "A", title: "Ventas" },
          },
        ],
      },
    ],
    [
      "a template without placeholders",
      TEMPLATE,
      { type: "template", template: { name: "order_ready", language: { code: "es" } } },
    ],
  ])("builds %s", (_, message, expected) => {
    expect(graphMessage(message)).toEqual(expected);
    expect(atMeta(message)).toBe("taken");
  });

  it.each<[string, FreeFormMessage, Record<string, unknown>]>([
    [
      "buttons",
      { ...BUTTONS, header: { type: "text", text: "Pedido" }, footer: "Tienda" },
      {
        type: "button",
        header: { type: "text", text: "Pedido" },
        ...frame(BUTTONS),
        footer: { text: "Tienda" },
        action: {
          buttons: [
            { type: "reply", reply: { id: "si", title: "Sí" } },
            { type: "reply", reply: { id: "no", title: "No" } },
          ],
        },
      },
    ],
    [
      "buttons under a document",
      { ...BUTTONS, header: { type: "document", media, filename: "b.pdf" } },
      {
        type: "button",
        header: { type: "document", document: { ...media, filename: "b.pdf" } },
        ...frame(BUTTONS),
        action: expect.anything(),
      },
    ],
    [
      "a list",
      LIST,
      {
        type: "list",
        ...frame(LIST),
        action: {
          button: "Ver tallas",
          sections: [{ rows: [{ id: "s", title: "S", description: "Pequeña" }] }],
        },
      },
    ],
    [
      "a link",
      { ...CTA, header: { type: "image", media: link } },
      {
        type: "cta_url",
        header: { type: "image", image: link },
        ...frame(CTA),
        action: { name: "cta_url", parameters: { display_text: "Pagar", url: "https://a.pe/p?x=1" } },
      },
    ],
    [
      "a form",
      FLOW,
      {
        type: "flow",
        ...frame(FLOW),
        action: {
          name: "flow",
          parameters: { flow_message_version: "3", flow_id: "123", flow_token: "t-1", flow_cta: "Reservar" },
        },
      },
    ],
    [
      "a draft form that begins on a screen",
      { ...FLOW, flow: { name: "reserva" }, screen: "DIA", data: { tienda: "Lima" }, draft: true },
      {
        type: "flow",
        ...frame(FLOW),
        action: {
          name: "flow",
          parameters: {
            flow_message_version: "3",
            flow_name: "reserva",
            flow_token: "t-1",
            flow_cta: "Reservar",
            mode: "draft",
            flow_action: "navigate",
            flow_action_payload: { screen: "DIA", data: { tienda: "Lima" } },
          },
        },
      },
    ],
    [
      "a question for the place",
      { kind: "location_request", body: "¿Dónde estás?" },
      {
        type: "location_request_message",
        body: { text: "¿Dónde estás?" },
        action: { name: "send_location" },
      },
    ],
    [
      "a question for the number",
      { kind: "contact_request", body: "¿Tu número?" },
      {
        type: "request_contact_info",
        body: { text: "¿Tu número?" },
        action: { name: "request_contact_info" },
      },
    ],
  ])("builds %s", (_, message, interactive) => {
    expect(graphMessage(message)).toEqual({ type: "interactive", interactive });
    expect(atMeta(message)).toBe("taken");
  });

  it("fills a template's header, body and every kind of button", () => {
    const components: TemplateComponent[] = [
      { type: "header", parameters: [{ type: "document", media: link, filename: "b.pdf" }] },
      { type: "body", parameters: [{ type: "text", text: "Ana", name: "nombre" }] },
      { type: "button", subType: "quick_reply", index: 0, parameters: [{ type: "payload", payload: "SI" }] },
      { type: "button", subType: "url", index: 1, parameters: [{ type: "text", text: "p/1" }] },
      { type: "button", subType: "copy_code", index: 2, parameters: [{ type: "payload", payload: "25OFF" }] },
      { type: "button", subType: "flow", index: 3, parameters: [{ type: "payload", payload: "t-1" }] },
    ];
    const message = { ...TEMPLATE, languageCode: "pt_BR", components };
    expect(atMeta(message)).toBe("taken");
    expect(graphMessage(message)).toEqual({
      type: "template",
      template: {
        name: "order_ready",
        language: { code: "pt_BR" },
        components: [
          { type: "header", parameters: [{ type: "document", document: { ...link, filename: "b.pdf" } }] },
          { type: "body", parameters: [{ type: "text", parameter_name: "nombre", text: "Ana" }] },
          {
            type: "button",
            sub_type: "quick_reply",
            index: "0",
            parameters: [{ type: "payload", payload: "SI" }],
          },
          { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "p/1" }] },
          {
            type: "button",
            sub_type: "copy_code",
            index: "2",
            parameters: [{ type: "coupon_code", coupon_code: "25OFF" }],
          },
          {
            type: "button",
            sub_type: "flow",
            index: "3",
            parameters: [{ type: "action", action: { flow_token: "t-1" } }],
          },
        ],
      },
    });
  });
});

type Sized = (length: number) => OutboundMessage;
const withButton =
  (field: "id" | "title"): Sized =>
  (length) => ({ ...BUTTONS, buttons: [{ id: "1", title: "a", [field]: sized(length) }] });
const withRow =
  (field: "id" | "title" | "description"): Sized =>
  (length) => ({ ...LIST, sections: [{ rows: [{ id: "1", title: "a", [field]: sized(length) }] }] });
const withParameter =
  (type: "header" | "body", ...others: TemplateComponent[]): Sized =>
  (length) => ({
    ...TEMPLATE,
    components: [{ type, parameters: [{ type: "text", text: sized(length) }] }, ...others],
  });
const component = (each: TemplateComponent): OutboundMessage => ({ ...TEMPLATE, components: [each] });
const HEADER: TemplateComponent = { type: "header", parameters: [{ type: "image", media }] };

const LENGTHS: readonly [field: string, max: number, message: Sized][] = [
  ["text", LIMITS.textBody, (n) => ({ kind: "text", text: sized(n) })],
  ["caption", LIMITS.caption, (n) => ({ kind: "image", media, caption: sized(n) })],
  ["caption", LIMITS.caption, (n) => ({ kind: "document", media, caption: sized(n) })],
  ["body", LIMITS.interactiveBody, (n) => ({ ...BUTTONS, body: sized(n) })],
  ["header.text", LIMITS.headerText, (n) => ({ ...BUTTONS, header: { type: "text", text: sized(n) } })],
  ["footer", LIMITS.footer, (n) => ({ ...BUTTONS, footer: sized(n) })],
  ["buttons[0].title", LIMITS.buttonTitle, withButton("title")],
  ["buttons[0].id", LIMITS.buttonId, withButton("id")],
  ["body", LIMITS.listBody, (n) => ({ ...LIST, body: sized(n) })],
  ["button", LIMITS.listButton, (n) => ({ ...LIST, button: sized(n) })],
  [
    "sections[0].title",
    LIMITS.sectionTitle,
    (n) => ({ ...LIST, sections: [{ title: sized(n), rows: rows(1) }] }),
  ],
  ["sections[0].rows[0].title", LIMITS.rowTitle, withRow("title")],
  ["sections[0].rows[0].description", LIMITS.rowDescription, withRow("description")],
  ["sections[0].rows[0].id", LIMITS.rowId, withRow("id")],
  ["body", LIMITS.interactiveBody, (n) => ({ ...CTA, body: sized(n) })],
  ["label", LIMITS.linkLabel, (n) => ({ ...CTA, label: sized(n) })],
  ["body", LIMITS.interactiveBody, (n) => ({ ...FLOW, body: sized(n) })],
  ["label", LIMITS.flowLabel, (n) => ({ ...FLOW, label: sized(n) })],
  ["body", LIMITS.interactiveBody, (n) => ({ kind: "location_request", body: sized(n) })],
  ["body", LIMITS.interactiveBody, (n) => ({ kind: "contact_request", body: sized(n) })],
  ["name", LIMITS.templateName, (n) => ({ ...TEMPLATE, name: sized(n) })],
  ["components[0].parameters[0].text", LIMITS.templateHeaderText, withParameter("header")],
  ["components[0].parameters[0].text", LIMITS.templateBodyTextAlone, withParameter("body")],
  ["components[0].parameters[0].text", LIMITS.templateBodyText, withParameter("body", HEADER)],
  [
    "components[0].parameters[0]",
    LIMITS.templateCoupon,
    (n) =>
      component({
        type: "button",
        subType: "copy_code",
        index: 0,
        parameters: [{ type: "payload", payload: sized(n) }],
      }),
  ],
  ["buttons", LIMITS.buttons, (n) => ({ ...BUTTONS, buttons: rows(n) })],
  ["sections[].rows", LIMITS.rows, (n) => ({ ...LIST, sections: [{ rows: rows(n) }] })],
  [
    "contacts",
    LIMITS.contacts,
    (n) => ({ kind: "contacts", contacts: rows(n).map(({ title }) => ({ name: { formattedName: title } })) }),
  ],
];

const BROKEN: readonly [rule: string, field: string, message: OutboundMessage][] = [
  ["an empty text", "text", { kind: "text", text: " \n" }],
  ["no buttons", "buttons", { ...BUTTONS, buttons: [] }],
  ["an empty title", "buttons[0].title", { ...BUTTONS, buttons: [{ id: "1", title: " " }] }],
  [
    "a title twice",
    "buttons[].title",
    {
      ...BUTTONS,
      buttons: [
        { id: "1", title: "a" },
        { id: "2", title: "a " },
      ],
    },
  ],
  [
    "a button's id twice",
    "buttons[].id",
    {
      ...BUTTONS,
      buttons: [
        { id: "1", title: "a" },
        { id: "1", title: "b" },
      ],
    },
  ],
  ["white space around an id", "buttons[0].id", { ...BUTTONS, buttons: [{ id: " 1", title: "a" }] }],
  [
    "a row's id twice in two sections",
    "sections[].rows[].id",
    {
      ...LIST,
      sections: [
        { title: "A", rows: rows(1) },
        { title: "B", rows: rows(1) },
      ],
    },
  ],
  [
    "ten rows over two sections and one more",
    "sections[].rows",
    {
      ...LIST,
      sections: [
        { title: "A", rows: rows(6) },
        { title: "B", rows: rows(5, 6) },
      ],
    },
  ],
  [
    "several sections with one unnamed",
    "sections[1].title",
    { ...LIST, sections: [{ title: "A", rows: rows(1) }, { rows: rows(1, 1) }] },
  ],
  [
    "a section without rows",
    "sections[1].rows",
    {
      ...LIST,
      sections: [
        { title: "A", rows: rows(1) },
        { title: "B", rows: [] },
      ],
    },
  ],
  ["a list without sections", "sections", { ...LIST, sections: [] }],
  [
    "eleven sections",
    "sections",
    { ...LIST, sections: rows(11).map((row) => ({ title: row.title, rows: [row] })) },
  ],
  ["a picture above a list", "header", { ...LIST, header: { type: "image", media } }],
  [
    "a file name of a picture",
    "header.filename",
    { ...BUTTONS, header: { type: "image", media, filename: "a.jpg" } },
  ],
  ["a link that is not encrypted", "url", { ...CTA, url: "http://a.pe" }],
  ["a link that runs code", "url", { ...CTA, url: "javascript:alert(1)" }],
  ["a link that is no address", "url", { ...CTA, url: "secreto: 4111 1111" }],
  ["a file by a data address", "media.link", { kind: "image", media: { link: "data:image/png;base64,AA" } }],
  ["an empty media id", "media.id", { kind: "sticker", media: { id: "" } }],
  ["a latitude over 90", "latitude", { kind: "location", latitude: 90.1, longitude: 0 }],
  ["a longitude under -180", "longitude", { kind: "location", latitude: 0, longitude: -180.5 }],
  ["a latitude that is no number", "latitude", { kind: "location", latitude: Number.NaN, longitude: 0 }],
  ["two emoji", "emoji", { kind: "reaction", waMessageId: "wamid.A", emoji: "👍👍" }],
  ["a letter for an emoji", "emoji", { kind: "reaction", waMessageId: "wamid.A", emoji: "a" }],
  ["a reaction to nothing", "waMessageId", { kind: "reaction", waMessageId: "", emoji: "👍" }],
  [
    "a card without a name",
    "contacts[0].name.formattedName",
    {
      kind: "contacts",
      contacts: [{ name: { formattedName: "" } }],
    },
  ],
  ["no cards", "contacts", { kind: "contacts", contacts: [] }],
  ["a form without a token", "token", { ...FLOW, token: "" }],
  ["an emoji on a form's button", "label", { ...FLOW, label: "Reservar 📅" }],
  ["data for no screen", "screen", { ...FLOW, data: { a: 1 } }],
  ["data without fields", "data", { ...FLOW, screen: "A", data: {} }],
  ["a template's name with a space", "name", { ...TEMPLATE, name: "Order ready" }],
  ["a language that is no code", "languageCode", { ...TEMPLATE, languageCode: "Spanish" }],
];

const text = { type: "text", text: "a" } as const;
const BROKEN_COMPONENTS: readonly [rule: string, field: string, message: OutboundMessage][] = [
  ["two parameters in a header", ".parameters", component({ type: "header", parameters: [text, text] })],
  ["a body without parameters", ".parameters", component({ type: "body", parameters: [] })],
  ["a button without a place", "", component({ type: "button", subType: "url", parameters: [text] })],
  [
    "an eleventh button",
    ".index",
    component({ type: "button", subType: "url", index: 10, parameters: [text] }),
  ],
  ["a place in a body", "", component({ type: "body", index: 0, parameters: [text] })],
  [
    "a picture in a button",
    ".parameters[0]",
    component({ type: "button", subType: "url", index: 0, parameters: [{ type: "image", media }] }),
  ],
  [
    "a picture in a body",
    ".parameters[0]",
    component({ type: "body", parameters: [{ type: "image", media }] }),
  ],
  [
    "a payload in a body",
    ".parameters[0]",
    component({ type: "body", parameters: [{ type: "payload", payload: "A" }] }),
  ],
  [
    "a line break in a placeholder",
    ".parameters[0]",
    component({ type: "body", parameters: [{ type: "text", text: "a\nb" }] }),
  ],
  [
    "one named placeholder of two",
    ".parameters",
    component({ type: "body", parameters: [text, { ...text, name: "b" }] }),
  ],
];

describe("Meta's limits", () => {
  it.each(LENGTHS)("take a %s of %d and refuse one more", (field, max, message) => {
    // Meta's bound on a body alone is above what the Graph API stand-in allows any body.
    if (max === LIMITS.templateBodyTextAlone) expect(() => graphMessage(message(max))).not.toThrow();
    else expect(atMeta(message(max))).toBe("taken");
    expect(problemOf(message(max + 1))).toMatchObject({
      code: "message_limit",
      kind: message(1).kind,
      field,
      limit: max,
      actual: max + 1,
    });
  });

  it.each([
    ...BROKEN,
    ...BROKEN_COMPONENTS.map(([rule, field, message]) => [rule, `components[0]${field}`, message] as const),
  ])("refuse %s", (_, field, message) => {
    expect(problemOf(message)).toMatchObject({ kind: message.kind, field });
  });

  it("refuse a template's component that comes twice", () => {
    const body: TemplateComponent = { type: "body", parameters: [text] };
    expect(problemOf({ ...TEMPLATE, components: [body, body] }).field).toBe("components");
  });

  it("count an emoji as the units it takes, so that a text fits however Meta counts", () => {
    expect(() => graphMessage({ kind: "text", text: "👍".repeat(2048) })).not.toThrow();
    expect(problemOf({ kind: "text", text: "👍".repeat(2049) }).actual).toBe(4098);
  });

  it("are named by an error that holds no text of the message", () => {
    const error = problemOf({ ...BUTTONS, buttons: [{ id: "1", title: "Secreto de más de veinte" }] });
    expect(error.message).toBe(
      "buttons message, buttons[0].title: at most 20 allowed, 24 found. Shorten it; lengths are in UTF-16 units.",
    );
    for (const [, , message] of BROKEN) expect(problemOf(message).message).not.toMatch(/secreto|4111|alert/);
  });
});

function problemOf(message: OutboundMessage): MessageLimitError {
  try {
    graphMessage(message);
  } catch (error) {
    if (error instanceof MessageLimitError) return error;
    throw error;
  }
  throw new Error("the message was taken");
}

/** Response of the Graph API stand-in, which checks Meta's rules on its own. */
function atMeta(message: OutboundMessage): string {
  const envelope = { messaging_product: "whatsapp", recipient_type: "individual", to: "+51987650001" };
  const answer = validate({ ...envelope, ...graphMessage(message) });
  return "kind" in answer ? "taken" : (answer.error.error_data?.details ?? answer.error.message);
}
