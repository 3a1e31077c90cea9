import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { dropUncovered } from "../../lib/webhook/covered.ts";
import { parseWebhook } from "../../lib/webhook/payload.ts";
import { coveredNumbers } from "../../lib/webhook/signature.ts";
import { newWaMessageId, textWebhook, webhookBody } from "../../local/meta-webhook.ts";

const BODY = new TextEncoder().encode('{"object":"whatsapp_business_account"}');
const sign = (secret: string) => `sha256=${createHmac("sha256", secret).update(BODY).digest("hex")}`;
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
  const covered = await coveredNumbers(BODY, sign(secret), SECRETS);
  expect([...(covered ?? [])]).toEqual(numbers);
});

test("a body that no secret signs may speak for none", async () => {
  expect(await coveredNumbers(BODY, sign("other"), SECRETS)).toBeNull();
  expect(await coveredNumbers(BODY, null, SECRETS)).toBeNull();
  expect(await coveredNumbers(BODY, sign("b"), [])).toBeNull();
});

test("every secret costs one check, whichever fits, and none without a signature", async () => {
  const verify = vi.spyOn(crypto.subtle, "verify");
  // So long that the platform's own HMAC is asked, which can be watched.
  const long = new Uint8Array(10_000);
  for (const secret of ["a-new", "b", "other"]) {
    verify.mockClear();
    await coveredNumbers(long, sign(secret), SECRETS);
    expect(verify).toHaveBeenCalledTimes(SECRETS.length);
  }
  verify.mockClear();
  await coveredNumbers(long, "sha256=short", SECRETS);
  expect(verify).not.toHaveBeenCalled();
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
  const events = parseWebhook({ object: "whatsapp_business_account", entry }, 0);
  expect(dropUncovered(events, new Set(["1", "2"]))).toBe(4);
  expect(events.messages.map(({ phoneNumberId }) => phoneNumberId)).toEqual(["1", "2"]);
  expect(events.statuses).toEqual([]);
  expect(events.others.map(({ phoneNumberId }) => phoneNumberId)).toEqual([null]);
  expect(dropUncovered(events, new Set(["1", "2"]))).toBe(0);
});

test("no kind of event that Meta sends comes through for a number that is not covered", () => {
  const folder = join(import.meta.dirname, "../fixtures/whatsapp");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "expected.json");
  const kinds = new Set<string>();
  for (const file of files) {
    const body: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const events = parseWebhook(body, 0);
    const lists: Record<keyof typeof events, { phoneNumberId: string | null }[]> = events;
    for (const [kind, list] of Object.entries(lists))
      if (list.some(({ phoneNumberId }) => phoneNumberId !== null)) kinds.add(kind);
    dropUncovered(events, new Set());
    const left = Object.values(lists).flatMap((list) => list.map(({ phoneNumberId }) => phoneNumberId));
    expect(
      left.filter((id) => id !== null),
      file,
    ).toEqual([]);
  }
  // Every list of a webhook's events is among what was tried.
  expect([...kinds].sort()).toEqual(Object.keys(parseWebhook({}, 0)).sort());
});
