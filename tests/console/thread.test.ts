import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationPage } from "../../contracts/console/inbox.ts";
import type {
  ConversationView,
  OlderMessages,
  OrdersView,
  ThreadMessage,
} from "../../contracts/console/thread.ts";
import { BLOB_TOKEN, type BlobEndpoint, startBlob } from "../media/archive/blob.ts";
import { SAMPLES } from "../media/support.ts";
import { untilStored } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { makeCompany, makeConversation } from "./conversations.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let agent: Member;
let blob: BlobEndpoint;
beforeAll(async () => {
  blob = await startBlob();
  world = await startWorld({ env: { BLOB_READ_WRITE_TOKEN: BLOB_TOKEN, VERCEL_BLOB_API_URL: blob.url } });
  agent = await signedInAs(world, "agent");
});
afterAll(async () => {
  await world.close();
  await blob.close();
});

const open = async (id: string): Promise<ConversationView> => {
  const response = await agent.get(`/conversations/${id}`);
  expect(response.status).toBe(200);
  return (await response.json()) as ConversationView;
};
const conversationOf = async (phone: string): Promise<string> => {
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
  return row?.id ?? "";
};
const file = (message: ThreadMessage | undefined, headers: Record<string, string> = {}) =>
  agent.get((message?.fileUrl ?? "").replace(`/api/console/t/${agent.tenantId}`, ""), headers);

test("an open conversation shows what was said, understood and spent, and who may be written to", async () => {
  const customer = world.customer("51987000001", "Ana");
  await customer.send("¿Dónde está mi pedido?");
  await customer.waitForReply();
  await world.drain();
  const view = await open(await conversationOf(customer.phone));
  expect(view.messages.map(({ author, status }) => [author, status])).toEqual([
    ["customer", null],
    ["bot", "read"],
  ]);
  expect(view.turns).toMatchObject([{ state: "answered", intent: "order_status", errors: [] }]);
  expect(view.messages.map(({ turnId }) => turnId)).toEqual([view.turns[0]?.id, view.turns[0]?.id]);
  expect(view.customer).toMatchObject({ name: "Ana", phone: "+51 987 000 001", handoffs: [], csat: [] });
  expect(view.row).toMatchObject({ previewBy: "bot", unread: 1, owner: "bot", optedOut: false });
  expect(view).toMatchObject({ handoff: null, withheld: null, older: null, presence: [] });
  const orders = (await (await agent.get(`/conversations/${view.row.id}/orders`)).json()) as OrdersView;
  expect(orders).toMatchObject({ state: "ok" });
});

test("older messages follow without holes or doubles, with those of one instant", async () => {
  const id = await makeConversation(world, { tenantId: agent.tenantId, name: "long" });
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at, created_at)
      select ${agent.tenantId}::uuid, ${id}::uuid, 'in', 'received', 'text', i::text, now(), now() - make_interval(secs => (130 - i) / 10)
        from generate_series(1, 130) i`;
  await world.sql`
    insert into notes (tenant_id, conversation_id, text, created_at)
      select ${agent.tenantId}::uuid, ${id}::uuid, i::text, now() - make_interval(secs => i) from generate_series(0, 20) i`;
  const first = await open(id);
  const texts = first.messages.map(({ text }) => text);
  const notes = first.notes.map(({ text }) => text);
  for (let before = first.older; before !== null; ) {
    const response = await agent.get(`/conversations/${id}/messages?before=${before}`);
    const page = (await response.json()) as OlderMessages;
    texts.unshift(...page.messages.map(({ text }) => text));
    notes.unshift(...page.notes.map(({ text }) => text));
    before = page.older;
  }
  expect(texts).toHaveLength(130);
  expect(new Set(texts).size).toBe(130);
  expect([...notes].sort()).toEqual(Array.from({ length: 21 }, (_, i) => String(i)).sort());
});

test("every kind of message that Meta sends can be looked at", async () => {
  const folder = join(import.meta.dirname, "../fixtures/whatsapp");
  const names = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "expected.json");
  const bodies = names.map((name) => readFileSync(join(folder, name), "utf8"));
  await Promise.all(
    bodies.map((body) =>
      untilStored(() => world.deliver(body.replaceAll("884200000000001", WORLD.phoneNumberId))),
    ),
  );
  await world.drain();
  const kinds = new Set<string>();
  const list = (await (await agent.get("/conversations?list=all")).json()) as ConversationPage;
  const views = await Promise.all(list.rows.map(({ id }) => open(id)));
  const note = ({ messages }: Pick<OlderMessages, "messages">) =>
    messages.forEach(({ type, content }) => void kinds.add(content?.kind ?? type));
  for (const view of views) {
    note(view);
    for (let before = view.older; before !== null; ) {
      const answer = await agent.get(`/conversations/${view.row.id}/messages?before=${before}`);
      const page = (await answer.json()) as OlderMessages;
      note(page);
      before = page.older;
    }
  }
  for (const kind of [
    "media",
    "location",
    "contacts",
    "reaction",
    "tap",
    "form",
    "interactive",
    "text",
    "unsupported",
  ])
    expect(kinds).toContain(kind);
});

test("hostile words come back as they were, and a failed send says why", async () => {
  const id = await makeConversation(world, {
    ...{ tenantId: agent.tenantId, name: '<img src=x onerror="alert(1)">' },
    texts: ["</script><script>alert(1)</script>"],
  });
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, author, state, type, text, meta_codes, sends, sent_at)
      select ${agent.tenantId}::uuid, ${id}::uuid, 'out', author, state, 'text', 'x', codes::jsonb, sends, now() from (values
        ('bot', 'failed', '[131047]', 1), ('bot', 'failed', '[131026]', 1), ('bot', 'failed', '[132015]', 1),
        ('bot', 'failed', '[999999]', 1), ('bot', 'ambiguous', '[]', 1), ('operator', 'sent', '[]', 0)) x (author, state, codes, sends)`;
  const { messages, row } = await open(id);
  expect(row.name).toBe('<img src=x onerror="alert(1)">');
  expect(messages[0]?.text).toBe("</script><script>alert(1)</script>");
  const out = messages.slice(1);
  expect(out.map(({ failure }) => failure)).toEqual([
    ...["window_closed", "unreachable", "template_paused", "unknown", "unconfirmed", null],
  ]);
  expect(out.map(({ fromPhoneApp }) => fromPhoneApp)).toEqual([false, false, false, false, false, true]);
});

test("a person's bubble says who, a withheld reply is a suggestion until somebody writes", async () => {
  const id = await makeConversation(world, {
    tenantId: agent.tenantId,
    state: { status: "human" },
    texts: ["?"],
  });
  const turnId = crypto.randomUUID();
  await world.sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state)
      values (${turnId}::uuid, ${agent.tenantId}::uuid, ${id}::uuid, 1, 1, 'withheld')`;
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, author, state, type, text, turn_id, sent_at)
      values (${agent.tenantId}::uuid, ${id}::uuid, 'out', 'bot', 'withheld', 'text', 'I would say this.', ${turnId}::uuid, now())`;
  expect((await open(id)).withheld).toMatchObject({ text: "I would say this." });
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, author, operator_id, state, type, text, sends, sent_at)
      values (${agent.tenantId}::uuid, ${id}::uuid, 'out', 'operator', ${agent.operatorId}::uuid, 'sent', 'text', 'I am here.', 1, now())`;
  const view = await open(id);
  expect(view.withheld).toBeNull();
  expect(view.messages.at(-1)).toMatchObject({
    operator: { id: agent.operatorId, name: "agent" },
    fromPhoneApp: false,
  });
  expect(view.row.preview).toBe("I am here.");
});

/** A customer's file; its message as the thread shows it. */
let files = 0;
async function sendFile(type: string, bytes: Uint8Array, mimeType: string, filename?: string) {
  const customer = world.customer(`5198700100${++files}`, "Rosa");
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  await customer.send("", {
    type,
    text: undefined,
    [type]: { id, mime_type: mimeType, sha256: "x", filename },
  });
  await world.drain();
  const conversationId = await conversationOf(customer.phone);
  const { messages } = await open(conversationId);
  return { id, conversationId, message: messages.find(({ direction }) => direction === "in") };
}

test("a picture is shown, in parts too, and nothing in a file can act as a page", async () => {
  const { message } = await sendFile("image", SAMPLES.png, "image/png");
  const response = await file(message);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-security-policy")).toContain("sandbox");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(SAMPLES.png));
  const part = await file(message, { range: "bytes=2-5" });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(SAMPLES.png).subarray(2, 6));
});

test.each([
  ["text/html", 'x";\r\nset-cookie: a=b.html'],
  ["image/svg+xml", "../../etc/passwd\u202egpj.svg"],
  ["application/pdf", "Factura nº 1.pdf"],
  ["application/xhtml+xml", "<script>.xhtml"],
  ["text/javascript", "a".repeat(5_000)],
])("a file of type %s is only saved, under a harmless name", async (mimeType, filename) => {
  const { message } = await sendFile(
    "document",
    Buffer.from("<script>alert(1)</script>"),
    mimeType,
    filename,
  );
  const response = await file(message);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  const disposition = response.headers.get("content-disposition") ?? "";
  expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w.%~!$&+^`|-]{1,1000}$/);
  expect(decodeURIComponent(disposition)).not.toMatch(/[/\\"<>\r\n\u202e]/);
  expect(response.headers.get("set-cookie")).toBeNull();
});

test("a file that Meta has deleted comes from the archive, or says that it is gone", async () => {
  const { id, message } = await sendFile("image", SAMPLES.png, "image/png");
  await fetch(`${world.graph.url}/v26.0/${id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${WORLD.accessToken}` },
  });
  const gone = await file(message);
  expect(gone.status).toBe(410);
  expect(await gone.text()).toContain("file_gone");
  blob.files.set("media/kept", { bytes: Buffer.from(SAMPLES.png), mimeType: "image/png" });
  await world.sql`
    insert into media_files (path, tenant_id, media_id, mime_type, bytes, expires_at)
      values ('media/kept', ${agent.tenantId}::uuid, ${id}, 'image/png', 1, now() + interval '1 day')`;
  const kept = await file(message);
  expect(kept.status).toBe(200);
  expect(Buffer.from(await kept.arrayBuffer())).toEqual(Buffer.from(SAMPLES.png));
});

test("a message of another conversation, another company, or none gives no file", async () => {
  const { conversationId, message } = await sendFile("image", SAMPLES.png, "image/png");
  const other = await makeConversation(world, { tenantId: agent.tenantId });
  const foreign = await makeConversation(world, { tenantId: await makeCompany(world), texts: ["x"] });
  for (const path of [
    `${other}/files/${message?.id}`,
    `${foreign}/files/${message?.id}`,
    `${conversationId}/files/${crypto.randomUUID()}`,
    `${conversationId}/files/..%2f..%2fetc`,
  ])
    expect((await agent.get(`/conversations/${path}`)).status).toBe(404);
  const stranger = await fetch(`${world.url}${message?.fileUrl}`);
  expect(stranger.status).toBe(401);
});

test("a customer who opted out, and one who was deleted", async () => {
  const id = await makeConversation(world, { tenantId: agent.tenantId, name: "Out", texts: ["stop"] });
  await world.sql`update customers set opted_out_at = now() where id = (select customer_id from conversations where id = ${id}::uuid)`;
  const view = await open(id);
  expect(view.row).toMatchObject({ optedOut: true, phone: null });
  expect(view.customer.waUserId).toMatch(/^US\./);
  await world.sql`select delete_customers(array[${view.customer.id}::uuid])`;
  expect((await agent.get(`/conversations/${id}`)).status).toBe(404);
});
