import { expect, test } from "vitest";
import { as, LINK, startJudge, x } from "./graph-support.ts";

const button = (id: string, title: string) => ({ type: "reply", reply: { id, title } });
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ id: `${from + at}`, title: `Row ${from + at}` }));
const asking = (type: string, name: string) => ({ type, body: { text: x(1024) }, action: { name } });

/** Each at its limits. */
const VALID = {
  button: {
    type: "button",
    header: { type: "text", text: x(60) },
    body: { text: x(1024) },
    footer: { text: x(60) },
    action: { buttons: [button(x(256), x(20)), button("b", "B"), button("c", "C")] },
  },
  list: {
    type: "list",
    header: { type: "text", text: x(60) },
    body: { text: x(4096) },
    footer: { text: x(60) },
    action: {
      button: x(20),
      sections: [
        { title: x(24), rows: [{ id: x(200), title: x(24), description: x(72) }] },
        { title: "B", rows: rows(0, 9) },
      ],
    },
  },
  cta_url: {
    type: "cta_url",
    header: { type: "document", document: { ...LINK, filename: "menu.pdf" } },
    body: { text: x(1024) },
    action: { name: "cta_url", parameters: { display_text: x(20), url: "https://example.com/a?b=c" } },
  },
  flow: {
    type: "flow",
    header: { type: "image", image: LINK },
    body: { text: x(1024) },
    footer: { text: x(60) },
    action: {
      name: "flow",
      parameters: {
        flow_message_version: "3",
        flow_id: "123",
        flow_cta: x(30),
        flow_token: "token",
        flow_action: "navigate",
        flow_action_payload: { screen: "FIRST", data: { size: "M" } },
      },
    },
  },
  flowByName: {
    type: "flow",
    body: { text: "Book" },
    action: {
      name: "flow",
      parameters: {
        ...{ flow_message_version: "3", flow_name: "booking", flow_cta: "Book" },
        ...{ flow_token: "token", mode: "draft" },
      },
    },
  },
  location: asking("location_request_message", "send_location"),
  contact: asking("contact_request", "request_contact_info"),
  contactByOtherName: asking("request_contact_info", "request_contact_info"),
};

test.each(Object.entries(VALID))("takes %s at its limits", async (_name, content) => {
  const { graph, post } = await startJudge();
  expect(await post(as("interactive", content))).toMatchObject({ code: 200 });
  expect(graph.sent).toMatchObject([
    { type: "interactive", text: content.body.text, body: as("interactive", content) },
  ]);
});

const [buttons, row, parameters] = ["action.buttons", "action.sections.0.rows.0", "action.parameters"];
const MISSING = undefined;

/** The one value that is changed, and what it is changed to. */
test.each<[keyof typeof VALID, number, string, unknown]>([
  ["button", 131008, "type", MISSING],
  ["button", 131009, "type", "carousel"],
  ["button", 131008, "body", MISSING],
  ["button", 131009, "body.text", x(1025)],
  ["button", 131009, "header.text", x(61)],
  ["button", 131009, "header.type", "gif"],
  ["button", 131009, "footer.text", x(61)],
  ["button", 131008, "action", MISSING],
  ["button", 131009, buttons, []],
  ["button", 131009, buttons, ["a", "b", "c", "d"].map((id) => button(id, id))],
  ["button", 131009, buttons, [button("a", "A"), button("b", "A")]],
  ["button", 131009, buttons, [button("a", "A"), button("a", "B")]],
  ["button", 131009, `${buttons}.0.reply.title`, x(21)],
  ["button", 131009, `${buttons}.0.reply.title`, ""],
  ["button", 131009, `${buttons}.0.reply.id`, x(257)],
  ["button", 131008, `${buttons}.0.reply.id`, MISSING],
  ["list", 131009, "body.text", x(4097)],
  ["list", 131009, "header.type", "image"],
  ["list", 131009, "action.button", x(21)],
  ["list", 131008, "action.button", MISSING],
  ["list", 131009, "action.sections", []],
  ["list", 131009, "action.sections", [{ rows: rows(0, 11) }]],
  [
    "list",
    131009,
    "action.sections",
    [
      { title: "A", rows: rows(0, 6) },
      { title: "B", rows: rows(6, 11) },
    ],
  ],
  ["list", 131009, "action.sections", [{ rows: [...rows(0, 1), ...rows(0, 1)] }]],
  ["list", 131009, "action.sections.0.rows", []],
  ["list", 131008, "action.sections.1.title", MISSING],
  ["list", 131009, "action.sections.0.title", x(25)],
  ["list", 131009, `${row}.title`, x(25)],
  ["list", 131009, `${row}.description`, x(73)],
  ["list", 131009, `${row}.id`, x(201)],
  ["cta_url", 131009, `${parameters}.display_text`, x(21)],
  ["cta_url", 131009, `${parameters}.url`, "example.com"],
  ["cta_url", 131009, "header.document.link", "file:///etc/passwd"],
  ["cta_url", 131009, "action.name", "open"],
  ["flow", 131009, `${parameters}.flow_message_version`, "2"],
  ["flow", 131008, `${parameters}.flow_id`, MISSING],
  ["flowByName", 131009, `${parameters}.mode`, "test"],
  ["flow", 131009, `${parameters}.flow_cta`, x(31)],
  ["flow", 131009, `${parameters}.flow_cta`, "Book 🎉"],
  ["flow", 131008, `${parameters}.flow_token`, MISSING],
  ["flow", 131009, `${parameters}.flow_action_payload.data`, {}],
  ["location", 131009, "action.name", "send_place"],
  ["location", 131009, "body.text", x(1025)],
  ["contact", 131008, "action", MISSING],
])("refuses %s with code %i over its %s", async (base, code, path, value) => {
  const { graph, post } = await startJudge();
  const content = structuredClone(VALID[base]);
  const steps = path.split(".");
  const parent = steps.slice(0, -1).reduce<object>((within, step) => Reflect.get(within, step), content);
  Reflect.set(parent, steps.at(-1) ?? "", value);
  const answer = await post(as("interactive", content));
  expect(answer).toMatchObject({ code, status: 400 });
  const name = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `['${step}']`)).join("");
  expect(answer.details).toMatch(`interactive${name}: `);
  expect(graph.sent).toEqual([]);
});

test.each([
  ["a header above a location request", "location", { header: { type: "text", text: "a" } }],
  ["a misspelt parameter", "button", { foot: { text: "a" } }],
] as const)("refuses %s with code 100", async (_name, base, more) => {
  const { post } = await startJudge();
  expect(await post(as("interactive", { ...VALID[base], ...more }))).toMatchObject({ code: 100 });
});

test("refuses a flow that is named twice", async () => {
  const { post } = await startJudge();
  const content = structuredClone(VALID.flow);
  Object.assign(content.action.parameters, { flow_name: "booking" });
  expect(await post(as("interactive", content))).toMatchObject({ code: 131009 });
});
