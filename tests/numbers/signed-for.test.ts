import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { newWaMessageId, textWebhook, webhookBody } from "../../host/meta-webhook.ts";
import { type AppSecret, numbersSignedFor, parseSignature } from "../../lib/crypto/signature.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { parseSignedFor } from "../../lib/whatsapp/inbound/signed-for.ts";

const BODY = new TextEncoder().encode('{"object":"whatsapp_business_account"}');
const sign = (secret: string, body = BODY) =>
  parseSignature(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
const SECRETS = [
  { secret: "a-new", phoneNumberIds: ["1", "2"] },
  { secret: "a-old", phoneNumberIds: ["1"] },
  { secret: "b", phoneNumberIds: ["3"] },
];

afterEach(() => vi.restoreAllMocks());

test.each([
  ["a-new", ["1", "2"]],
  ["a-old", ["1"]],
  ["b", ["3"]],
])("a body signed with %s may speak for its numbers alone", async (secret, numbers) => {
  const signedFor = await numbersSignedFor(BODY, sign(secret), SECRETS);
  expect([...(signedFor ?? [])]).toEqual(numbers);
});

test("a body that no secret signs may speak for none", async () => {
  expect(await numbersSignedFor(BODY, sign("other"), SECRETS)).toBeNull();
  expect(await numbersSignedFor(BODY, null, SECRETS)).toBeNull();
  expect(await numbersSignedFor(BODY, sign("b"), [])).toBeNull();
});

/** As many apps as there can be, each with ten secrets and one number. */
const MANY: AppSecret[] = Array.from({ length: 1_000 }, (_, index) => ({
  secret: `secret-${index}`,
  phoneNumberIds: [String(9_000 + Math.floor(index / 10))],
}));

/** A body of `bytes` that names these numbers. */
function bodyOf(bytes: number, ...numbers: string[]) {
  const named = numbers.map((id) => `{"metadata":{"phone_number_id": "${id}"}}`).join();
  return new TextEncoder().encode(named.padEnd(bytes));
}

/** Platform HMACs computed for one body; those of small bodies cannot be observed. */
async function costOf(body: Uint8Array<ArrayBuffer>, signer: string, secrets = MANY) {
  const verify = vi.spyOn(crypto.subtle, "verify");
  const signedFor = await numbersSignedFor(body, sign(signer, body), secrets);
  return { hmacs: verify.mock.calls.length, signedFor: signedFor && [...signedFor] };
}

test.each([
  ["no number", []],
  ["one number of ours", ["9050"]],
  ["every number of ours", MANY.flatMap(({ phoneNumberIds }) => phoneNumberIds)],
  ["a thousand numbers that are not ours", Array.from({ length: 1_000 }, (_, index) => `1${index}`)],
])("an unsigned body of 3 MB that names %s costs ten HMACs, not a thousand", async (_, numbers) => {
  const { hmacs, signedFor } = await costOf(bodyOf(3 * 1024 * 1024, ...numbers), "other");
  expect(signedFor).toBeNull();
  expect(hmacs).toBeLessThanOrEqual(10);
});

test("a large body is verified under each secret of the number it names", async () => {
  for (const index of [0, 500, 509, 999]) {
    const number = MANY[index]?.phoneNumberIds[0] ?? "";
    const { signedFor } = await costOf(bodyOf(3 * 1024 * 1024, "7", number), `secret-${index}`);
    expect(signedFor, `secret ${index}`).toEqual([number]);
  }
});

test.each([200, 2_000, 4_000])(
  "a body of %i bytes is verified under all secrets, named or not",
  async (size) => {
    const { signedFor } = await costOf(bodyOf(size), "secret-999");
    expect(signedFor).toEqual(["9099"]);
  },
);

test("a body of one of a few apps costs at most one HMAC per secret", async () => {
  const few = [...SECRETS, { secret: "b-new", phoneNumberIds: ["3"] }];
  expect(await costOf(bodyOf(10_000), "a-new", few)).toEqual({ hmacs: 1, signedFor: ["1", "2"] });
  vi.restoreAllMocks();
  expect(await costOf(bodyOf(10_000), "b-new", few)).toEqual({ hmacs: 4, signedFor: ["3"] });
  vi.restoreAllMocks();
  expect(await costOf(bodyOf(10_000), "other", few)).toEqual({ hmacs: 4, signedFor: null });
});

test("events of other numbers are taken out and counted, of every kind; those of no number stay", () => {
  const text = (phoneNumberId: string) =>
    textWebhook({
      phoneNumberId,
      from: "51911111111",
      name: "Ana",
      text: phoneNumberId,
      waMessageId: newWaMessageId(),
      timestampMs: 0,
    });
  const status = webhookBody("9", { statuses: [{ id: newWaMessageId(), status: "read", timestamp: "1" }] });
  const noted = webhookBody("9", { messages: [{}] });
  const bodies = [text("9"), text("1"), text("9"), text("2"), status, noted];
  const entry = [...bodies.flatMap((body) => body.entry), { changes: "none" }];
  const body = { object: "whatsapp_business_account", entry };
  const { events, notOurs } = parseSignedFor(body, new Set(["1", "2"]), 0);
  expect(notOurs).toBe(4);
  expect(events.messages.map(({ phoneNumberId }) => phoneNumberId)).toEqual(["1", "2"]);
  expect(events.statuses).toEqual([]);
  expect(events.others.map(({ phoneNumberId }) => phoneNumberId)).toEqual([null]);
});

test("messages of a number that is not signed for are counted without being looked at", () => {
  let looks = 0;
  const look = (): undefined => {
    looks++;
  };
  const watched = () =>
    new Proxy({}, { get: look, getOwnPropertyDescriptor: look, getPrototypeOf: () => look() ?? null });
  const value = {
    contacts: [watched()],
    messages: Array.from({ length: 500 }, watched),
    statuses: Array.from({ length: 20 }, watched),
  };
  const body = webhookBody("9", value);
  const { events, notOurs } = parseSignedFor(body, new Set(["1"]), 0);
  expect({ looks, notOurs, messages: events.messages }).toEqual({ looks: 0, notOurs: 520, messages: [] });
});

test("no kind of event that Meta sends comes through for a number that is not signed for", () => {
  const folder = join(import.meta.dirname, "../fixtures/whatsapp");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "expected.json");
  const kinds = new Set<string>();
  for (const file of files) {
    const body: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const events = parseWebhook(body, 0);
    const lists: Record<keyof typeof events, { phoneNumberId: string | null }[]> = events;
    for (const [kind, list] of Object.entries(lists))
      if (list.some(({ phoneNumberId }) => phoneNumberId !== null)) kinds.add(kind);
    const left = Object.values(parseSignedFor(body, new Set(), 0).events).flatMap(
      (list: { phoneNumberId: string | null }[]) => list.map(({ phoneNumberId }) => phoneNumberId),
    );
    expect(
      left.filter((id) => id !== null),
      file,
    ).toEqual([]);
  }
  // Every list of a webhook's events is among what was tried.
  expect([...kinds].sort()).toEqual(Object.keys(parseWebhook({}, 0)).sort());
});
