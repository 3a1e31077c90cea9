import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadCompany } from "../../db/company.ts";
import { newWaMessageId, textWebhook, webhookBody } from "../../host/meta-webhook.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { createHealth } from "../../lib/jobs/health.ts";
import type { Passage } from "../../lib/types/company.ts";
import { pdf } from "../media/pdfs.ts";
import { createCustomer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const A = WORLD.phoneNumberId;
const B = "208812345678901";
const TOKEN_OF_B = "EAAtest-other-token-9876543210";
const SECRET_OF_B = "test-other-secret-9876543210abcdef";

const SHIPPING: Omit<Passage, "language"> = {
  slug: "shipping-cost",
  title: "¿Cuánto cuesta el envío?",
  body: "El envío cuesta 7 soles a todo el país.",
  keywords: "envío costo precio entrega",
};
const COMPANY_OF_B = {
  profile: {
    name: "Quipu",
    about: "libros de segunda mano",
    tone: "breve",
    hours: "de 9:00 a 13:00",
    timeZone: "America/Lima",
    language: "es" as const,
    contact: "",
  },
  knowledge: [{ ...SHIPPING, language: "es" as const }],
};

let world: World;

beforeAll(async () => {
  const more = [{ phoneNumberId: B, accessToken: TOKEN_OF_B, appSecret: SECRET_OF_B }];
  const graph = {
    statuses: "auto" as const,
    accessTokens: { [B]: TOKEN_OF_B },
    appSecrets: { [B]: SECRET_OF_B },
  };
  world = await startWorld({ env: { WHATSAPP_NUMBERS: JSON.stringify(more) }, graph });
  await loadCompany({ sql: world.sql }, B, COMPANY_OF_B);
});
afterAll(() => world.close());
beforeEach(() => world.drain());

const customerOfB = (phone: string, secret = SECRET_OF_B) =>
  createCustomer({ phone, name: "Ana", phoneNumberId: B }, world.graph, (body) =>
    world.deliver(body, { secret }),
  );
const inbound = async (phone: string) => {
  const [row] = await world.sql<{ n: number }>`
    select count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone} and m.direction = 'in'`;
  return row?.n;
};
const textTo = (phoneNumberId: string, from: string, text: string) =>
  textWebhook({
    phoneNumberId,
    from,
    name: "Ana",
    text,
    waMessageId: newWaMessageId(),
    timestampMs: Date.now(),
  });

test("one person who writes to two numbers is answered from each, with its token and its company's facts", async () => {
  const phone = "51944444441";
  const question = "¿Cuánto cuesta el envío?";
  const [toA, toB] = [world.customer(phone), customerOfB(phone)];
  await Promise.all([toA.send(question), toB.send(question)]);
  const replies = await toA.waitForReply(2);
  await world.drain();
  // The Graph API stand-in takes a message from a number only with that number's own token.
  const from = new Map(replies.map((reply) => [reply.phoneNumberId, reply.text ?? ""]));
  expect([...from.keys()].sort()).toEqual([A, B].sort());
  expect(from.get(A)).toContain("S/ 10");
  expect(from.get(B)).toContain("7 soles");
  expect(from.get(A)).not.toContain("7 soles");
  expect(from.get(B)).not.toContain("S/ 10");
});

test("statuses come signed with the secret of the number's app and are kept", async () => {
  const phone = "51944444442";
  const ana = customerOfB(phone);
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  const states = await world.sql<{ state: string }>`
    select m.state from messages m join conversations c on c.id = m.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone} and m.direction = 'out'`;
  expect(states).toEqual([{ state: "read" }]);
});

test("what is said to one number is not known to the other", async () => {
  const phone = "51944444443";
  const [toA, toB] = [world.customer(phone), customerOfB(phone)];
  await toA.send("hola, me gusta la zanahoria");
  await toA.waitForReply();
  await world.drain();
  const before = world.model.requests.length;
  await toB.send("hola, ¿qué venden?");
  await toB.waitForReply(2);
  await world.drain();
  const asked = JSON.stringify(world.model.requests.slice(before));
  expect(asked).toContain("Quipu");
  expect(asked).not.toMatch(/zanahoria|Tambo/);
});

test.each([
  ["B's secret for A's number", A, SECRET_OF_B, "51944444451"],
  ["A's secret for B's number", B, WORLD.appSecret, "51944444452"],
])("a body signed with %s is acknowledged and does nothing", async (_, phoneNumberId, secret, phone) => {
  const sent = world.graph.sent.length;
  const response = await world.deliver(textTo(phoneNumberId, phone, "hola"), { secret });
  expect(response.status).toBe(200);
  await world.drain();
  expect([await inbound(phone), world.graph.sent.length]).toEqual([0, sent]);
});

test("of a body for both numbers only what its secret covers is taken", async () => {
  const [forA, forB] = ["51944444453", "51944444454"];
  const bodies = [textTo(A, forA, "hola"), textTo(B, forB, "hola")];
  const body = { object: "whatsapp_business_account", entry: bodies.flatMap(({ entry }) => entry) };
  await world.deliver(body, { secret: SECRET_OF_B });
  await world.drain();
  expect([await inbound(forA), await inbound(forB)]).toEqual([0, 1]);
});

test("another app cannot report the state of a number's messages", async () => {
  world.graph.setStatuses("none");
  const ana = world.customer("51944444455");
  await ana.send("hola");
  const [reply] = await ana.waitForReply();
  await world.drain();
  world.graph.setStatuses("auto");
  const failed = {
    id: reply?.waMessageId,
    status: "failed",
    timestamp: "1780000000",
    recipient_id: ana.phone,
  };
  const state = async () => {
    const [row] = await world.sql<{ state: string }>`
      select state from messages where wa_message_id = ${reply?.waMessageId ?? ""}`;
    return row?.state;
  };
  const body = webhookBody(A, { statuses: [failed] });
  expect((await world.deliver(body, { secret: SECRET_OF_B })).status).toBe(200);
  expect(await state()).toBe("sent");
  await world.deliver(body);
  expect(await state()).toBe("failed");
});

test("a PDF that was sent to one number is read with the secret of its own app", async () => {
  await fetch(`${world.url}/api/media/read`);
  const ana = customerOfB("51944444457");
  const bytes = pdf({ pages: ["cuanto cuesta el envio?"] });
  const id = world.graph.media.put({ bytes, mimeType: "application/pdf" }, B);
  const document = { id, mime_type: "application/pdf", filename: "pregunta.pdf" };
  const { waMessageId } = await ana.send("", { type: "document", text: undefined, document });
  await ana.waitForReply();
  await world.drain();
  const [kept] = await world.sql`select reading from messages where wa_message_id = ${waMessageId}`;
  expect(kept).toEqual({ reading: "cuanto cuesta el envio?" });
});

test("a body signed with no secret of any number is refused", async () => {
  expect((await world.deliver(textTo(B, "51944444456", "hola"), { secret: "other" })).status).toBe(401);
});

test("health asks for every number with its own token, and one that is refused shows", async () => {
  const response = await fetch(`${world.url}/api/health`);
  const health: { checks: Record<string, { ok: boolean }> } = await response.json();
  expect(health.checks.whatsapp?.ok).toBe(true);
  const service = (id: string, bearer: string) => ({ url: `${world.graph.url}/v26.0/${id}`, bearer });
  const good = service(A, WORLD.accessToken);
  const look = (whatsapp: { url: string; bearer: string }[]) =>
    createHealth({
      clock: systemClock,
      cache: {
        admit: () => Promise.resolve([]),
        markStored: () => Promise.resolve(),
        ping: () => Promise.resolve(),
      },
      database: { sql: () => Promise.resolve([]) },
      services: { model: { url: `${world.model.url}/models`, bearer: "test-model-key" }, whatsapp },
      comingEnds: async () => [],
    })();
  expect((await look([good, service(B, TOKEN_OF_B)])).checks.whatsapp.ok).toBe(true);
  const broken = await look([good, service(B, WORLD.accessToken)]);
  expect(broken.checks.whatsapp).toMatchObject({ ok: false, error: "http_401" });
  expect(broken.status).toBe("degraded");
});
