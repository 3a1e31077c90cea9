import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperatorMessage, Uploaded } from "../../../contracts/console/acts.ts";
import type { QuickReply, TemplatesView } from "../../../contracts/console/settings.ts";
import type { ConversationView } from "../../../contracts/console/thread.ts";
import { ACCOUNT_ID } from "../../../fakes/graph/options.ts";
import { SAMPLE_TEMPLATES } from "../../../fakes/graph/rules/sample-templates.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { type Member, signedInAs } from "../member.ts";

let world: World;
let ana: Member;
let people = 0;
beforeAll(async () => {
  world = await startWorld({
    env: { WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID },
    graph: { templates: SAMPLE_TEMPLATES },
  });
  ana = await signedInAs(world, "agent", "Ana");
});
afterAll(() => world.close());

async function conversation() {
  const customer = world.customer(`5199550${1000 + people++}`, "Eva");
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, id: row?.id ?? "" };
}
const send = (id: string, message: OperatorMessage) =>
  ana.post(`/conversations/${id}/messages`, {
    id: crypto.randomUUID(),
    message,
    quoteWaMessageId: null,
    seenAt: Date.now() + 1_000,
  });
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer;
  return [response.status, ((await response.json()) as { error: { code: string } }).error.code];
};

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array<number>(40).fill(1)]);
const PDF = new TextEncoder().encode("%PDF-1.7\n%%EOF");
const MP4 = Uint8Array.from([0, 0, 0, 24, ...new TextEncoder().encode("ftypmp42 and pictures")]);
const OGG = new TextEncoder().encode("OggS and some sound");
const upload = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
  const answer = await ana.upload("/uploads", bytes, name);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Uploaded;
};

test.each([
  [PNG, "foto.png", "image", { caption: "mire" }],
  [PDF, "../../contrato ñ.pdf", "document", { caption: "mire", filename: "contrato ñ.pdf" }],
  [MP4, "clip.mp4", "video", { caption: "mire" }],
  [OGG, "nota.ogg", "audio", { voice: true }],
] as const)("a file is known by its bytes, given to Meta and sent (%#)", async (bytes, name, kind, shown) => {
  const { customer, id } = await conversation();
  const file = await upload(bytes, name);
  expect(file.kind).toBe(kind);
  const { mediaId } = file;
  const media = {
    kind: "media",
    media: kind,
    mediaId,
    filename: null,
    caption: kind === "audio" ? "" : "mire",
  } as const;
  expect((await send(id, media)).status).toBe(202);
  await world.drain();
  expect(customer.replies().at(-1)?.body).toMatchObject({ type: kind, [kind]: { id: mediaId, ...shown } });
  const other = kind === "image" ? "document" : "image";
  expect(await codeOf(send(id, { ...media, media: other }))).toEqual([409, "file_gone"]);
  await showsAgain(id, bytes);
});

/** The file of the newest message with one, as the thread offers it, in a form that no browser runs. */
async function showsAgain(id: string, bytes: Uint8Array): Promise<void> {
  const view = (await (await ana.get(`/conversations/${id}`)).json()) as ConversationView;
  const fileUrl = view.messages.findLast((message) => message.fileUrl !== null)?.fileUrl ?? "";
  expect(fileUrl).toMatch(
    new RegExp(`^/api/console/t/${ana.tenantId}/conversations/${id}/files/[0-9a-f-]{36}$`),
  );
  const file = await fetch(world.url + fileUrl, { headers: { cookie: ana.cookie } });
  expect(file.status).toBe(200);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  expect(file.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await fetch(world.url + fileUrl)).status).toBe(401);
}

test.each<[what: string, file: [Uint8Array<ArrayBuffer>, string], refusal: [number, string]]>([
  [
    "a page that runs",
    [new TextEncoder().encode("<script>alert(1)</script>"), "foto.png"],
    [415, "file_type"],
  ],
  ["what Meta does not take", [Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3]), "a.webm"], [415, "file_type"]],
  ["nothing", [new Uint8Array(), "a.pdf"], [400, "empty_file"]],
  ["a picture over Meta's 5 MB", [bigPicture(), "a.png"], [413, "file_too_large"]],
  ["a file over the host's bound", [new Uint8Array(17 * 1024 * 1024), "a.pdf"], [413, "file_too_large"]],
])("%s is refused with words", async (_, file, refusal) => {
  expect(await codeOf(ana.upload("/uploads", ...file))).toEqual(refusal);
});

function bigPicture(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 * 1024 * 1024 + 1);
  bytes.set(PNG);
  return bytes;
}

test("a file of another company is not sent", async () => {
  const { id } = await conversation();
  await world.sql`
    with t as (insert into tenants (phone_number_id) values ('other-files') returning id)
    insert into uploads (tenant_id, media_id, kind, mime_type) select id, '4711', 'image', 'image/png' from t`;
  const media = { kind: "media", media: "image", mediaId: "4711", filename: null, caption: "" } as const;
  expect(await codeOf(send(id, media))).toEqual([409, "file_gone"]);
});

test("templates are listed with Meta's status and their placeholders", async () => {
  const view = (await (await ana.get("/templates")).json()) as TemplatesView;
  expect(view.state).toBe("ok");
  const templates = view.state === "ok" ? view.templates : [];
  expect(templates.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "seguimos_aqui approved",
    "seguimos_aqui approved",
    "seguimos_aqui approved",
    "pedido_en_camino approved",
    "catalogo approved",
    "oferta_de_invierno paused",
    "sorteo rejected",
    ...Array(3).fill("recordatorio_de_cita approved"),
  ]);
  expect(templates[3]).toMatchObject({
    header: { kind: "text", text: "Pedido {{numero}}" },
    headerPlaceholders: ["numero"],
    placeholders: ["nombre", "fecha"],
    buttons: [
      { kind: "url", hasValue: true },
      { kind: "quick_reply", hasValue: false },
    ],
    priceUsd: null,
  });
});

const template = (
  name: string,
  values: Partial<Record<"header" | "body" | "buttons", string[]>>,
): OperatorMessage => ({
  kind: "template",
  name,
  language: "es",
  header: [],
  body: [],
  buttons: [],
  ...values,
});

test("a template goes out when the window is closed, with the words that the customer reads in the thread", async () => {
  const { customer, id } = await conversation();
  await world.sql`update conversations set window_ends_at = clock_timestamp() where id = ${id}::uuid`;
  const filled = { header: ["A-7"], body: ["Eva", "lunes\n 3"], buttons: ["A-7"] };
  expect((await send(id, template("pedido_en_camino", filled))).status).toBe(202);
  await world.drain();
  const [row] = await world.sql`
    select text, state from messages where conversation_id = ${id}::uuid and author = 'operator'`;
  expect(row).toEqual({ text: "Pedido A-7\n\nHola Eva, su pedido llega el lunes 3.", state: "read" });
  expect(customer.replies().at(-1)?.type).toBe("template");
});

test("the header of a template takes an uploaded file of its kind, and of this company alone", async () => {
  const { customer, id } = await conversation();
  const { mediaId } = await upload(PDF, "catálogo.pdf");
  expect((await send(id, template("catalogo", { header: [mediaId] }))).status).toBe(202);
  await world.drain();
  expect(customer.replies().at(-1)?.body).toMatchObject({
    template: {
      components: [
        {
          type: "header",
          parameters: [{ type: "document", document: { id: mediaId, filename: "catálogo.pdf" } }],
        },
      ],
    },
  });
  await showsAgain(id, PDF);
  const picture = await upload(PNG, "foto.png");
  await world.sql`
    insert into uploads (tenant_id, media_id, kind, mime_type) select id, '4712', 'document', 'application/pdf'
      from tenants where id <> ${ana.tenantId}::uuid limit 1`;
  for (const wrong of [picture.mediaId, "4712", "no such"])
    expect(await codeOf(send(id, template("catalogo", { header: [wrong] })))).toEqual([409, "file_gone"]);
});

test.each([
  ["template_paused", 409, template("oferta_de_invierno", { body: ["Eva"] })],
  ["template_not_approved", 409, template("sorteo", {})],
  ["template_missing", 409, template("nada", {})],
  ["template_values", 400, template("seguimos_aqui", {})],
  ["template_values", 400, template("seguimos_aqui", { body: [" "] })],
  ["template_values", 400, template("catalogo", {})],
])("a template that cannot be sent is refused: %s", async (code, status, message) => {
  const { id } = await conversation();
  expect(await codeOf(send(id, message))).toEqual([status, code]);
});

test("without the account's id the page says what to set", async () => {
  const bare = await startWorld({ engine: demoEngine });
  try {
    const view = (await (await (await signedInAs(bare, "agent")).get("/templates")).json()) as TemplatesView;
    expect(view.state).toBe("not_configured");
  } finally {
    await bare.close();
  }
});

test("quick replies are an owner's to write and an agent's to read", async () => {
  const owner = await signedInAs(world, "owner");
  const reply: QuickReply = {
    id: crypto.randomUUID(),
    shortcut: "Hola",
    text: "Hola {{name}}, soy {{operator}} de {{company}}.",
    language: null,
  };
  expect((await ana.post("/quick-replies", reply)).status).toBe(403);
  expect((await owner.post("/quick-replies", reply)).status).toBe(200);
  expect(await (await ana.get("/quick-replies")).json()).toEqual([{ ...reply, shortcut: "hola" }]);
  expect(await codeOf(owner.post("/quick-replies", { ...reply, id: crypto.randomUUID() }))).toEqual([
    409,
    "shortcut_used",
  ]);
  expect((await owner.post("/quick-replies", { ...reply, text: "{{phone}}" })).status).toBe(400);
  expect((await owner.post(`/quick-replies/${reply.id}/delete`, {})).status).toBe(204);
  expect(await (await ana.get("/quick-replies")).json()).toEqual([]);
});
