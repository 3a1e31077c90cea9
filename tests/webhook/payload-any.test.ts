import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_CONTENT_BYTES, MAX_TEXT } from "../../lib/json/clean.ts";
import type { WebhookEvents } from "../../lib/types/inbound.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { runs, SEED } from "../support/seed.ts";
import { fixtures } from "./payload-fixtures.ts";
import { mutate, odd, places, reshape } from "./payload-mutate.ts";

const NOW_MS = 1_790_000_000_000;

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** Everything the store relies on, of whatever came in. */
function expectSafe(events: WebhookEvents): void {
  const json = JSON.stringify(events);
  expect(json.isWellFormed()).toBe(true);
  // PostgreSQL refuses both in jsonb. (Behind an escaped backslash they are only letters.)
  expect(json).not.toMatch(/(?<!\\)(\\\\)*\\(u0000|ud[89a-f])/i);
  expect(JSON.stringify(JSON.parse(json))).toBe(json);
  for (const message of events.messages) {
    const ids = [message.waMessageId, message.from, message.fromUserId, message.replyId, message.mediaId];
    expect(ids.filter((id) => id === "" || (id !== null && id.length > 512))).toEqual([]);
    expect(message.from ?? "0").toMatch(/^\d{1,20}$/);
    expect(message.type).not.toBe("");
    expect(message.text?.length ?? 0).toBeLessThanOrEqual(MAX_TEXT);
    expect(bytesOf(message.content)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    expect(bytesOf(message.about)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    expect(message.timestampMs).toBeLessThanOrEqual(NOW_MS + 300_000);
    if (message.from === null && message.fromUserId === null) expect(message.type).toBe("system");
    for (const rest of [{}, { reading: "palabras", quoted: "antes" }]) {
      const described = describeMessage({ ...message, ...rest });
      expect(described.length).toBeGreaterThan(0);
      expect(described.length).toBeLessThanOrEqual(MAX_TEXT + 2 * MAX_CONTENT_BYTES);
    }
  }
  expectSafeBesides(events);
}

function expectSafeBesides(events: WebhookEvents): void {
  const { operatorEchoes, preferences, calls, handovers, accountEvents, identityChanges } = events;
  const people = [
    ...operatorEchoes.map(({ to, toUserId }) => [to, toUserId]),
    ...[...preferences, ...calls, ...handovers].map(({ from, fromUserId }) => [from, fromUserId]),
    ...identityChanges.map(({ phone, userId }) => [phone.current, userId.current]),
  ];
  // Nobody is made a conversation of, or changed into, who has no name at all.
  expect(people.filter((names) => names.every((name) => name === null))).toEqual([]);
  for (const [phone] of people) expect(phone ?? "0").toMatch(/^\d{1,20}$/);
  for (const { content, text } of operatorEchoes) {
    expect(bytesOf(content)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    expect(text?.length ?? 0).toBeLessThanOrEqual(MAX_TEXT);
  }
  for (const news of accountEvents) {
    expect(["info", "warning", "critical"]).toContain(news.severity);
    expect(news.event.length).toBeLessThanOrEqual(64);
    expect(bytesOf(news.detail)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    expect(news.timestampMs).toBeLessThanOrEqual(NOW_MS + 300_000);
  }
}

const bodies = fixtures().map(({ json }) => json);

describe(`parseWebhook on anything (SEED=${SEED})`, () => {
  it("gives safe events for any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => expectSafe(parseWebhook(body, NOW_MS))),
      { seed: SEED, numRuns: runs(300) },
    );
  });

  it("gives safe events for an envelope of anything", () => {
    const item = fc.dictionary(
      fc.constantFrom(
        "id",
        "from",
        "type",
        "text",
        "timestamp",
        "context",
        "errors",
        "system",
        "status",
        "referral",
      ),
      odd,
    );
    const items = fc.array(fc.oneof(item, odd), { maxLength: 4 });
    fc.assert(
      fc.property(items, items, items, (messages, statuses, contacts) => {
        const value = { metadata: { phone_number_id: "884" }, messages, statuses, contacts };
        expectSafe(parseWebhook({ entry: [{ changes: [{ field: "messages", value }] }] }, NOW_MS));
      }),
      { seed: SEED, numRuns: runs(300) },
    );
  });

  it("gives safe events for damaged bodies", () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), places, (json, damages) =>
        expectSafe(parseWebhook(mutate(JSON.parse(json), damages), NOW_MS)),
      ),
      { seed: SEED, numRuns: runs(800) },
    );
  });

  it("loses nothing of the changes beside a damaged one", () => {
    const many = (json: string): object[] =>
      JSON.parse(json)?.entry?.flatMap?.((entry: { changes?: object[] } | null) => entry?.changes ?? []) ??
      [];
    const changes = bodies.flatMap((json) => many(json).map((change) => ({ change })));
    const parse = (list: unknown[]) => parseWebhook({ entry: [{ id: "1", changes: list }] }, NOW_MS);
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.constantFrom(...changes), places, (good, bad, damages) => {
        const damaged = mutate(structuredClone(bad.change), damages);
        const alone = parse([good.change]);
        for (const beside of [parse([damaged, good.change]), parse([good.change, damaged])]) {
          // Others are only listed up to a number.
          const { others: _, ...kept } = alone;
          for (const [name, list] of Object.entries(kept)) {
            expect(Reflect.get(beside, name)).toEqual(expect.arrayContaining<unknown>(list));
          }
        }
      }),
      { seed: SEED, numRuns: runs(250) },
    );
  });

  it.each<[keyof WebhookEvents, string, string, object]>([
    [
      "messages",
      "messages",
      "messages",
      { from: "51987", id: "wamid.GOOD", type: "text", text: { body: "hola" } },
    ],
    ["messages", "standby", "messages", { from: "51987", id: "wamid.GOOD", type: "text" }],
    ["statuses", "messages", "statuses", { id: "wamid.GOOD", status: "read" }],
    [
      "operatorEchoes",
      "smb_message_echoes",
      "message_echoes",
      { to: "51987", id: "wamid.GOOD", type: "text" },
    ],
    [
      "identityChanges",
      "user_id_update",
      "user_id_update",
      { user_id: { previous: "PE.1", current: "GOOD" } },
    ],
    [
      "preferences",
      "user_preferences",
      "user_preferences",
      { user_id: "PE.GOOD", category: "x", value: "stop" },
    ],
    ["calls", "calls", "calls", { from_user_id: "PE.GOOD", event: "connect", direction: "USER_INITIATED" }],
  ])("still reads the good one of %s (%s) beside damaged ones", (list, field, name, good) => {
    fc.assert(
      fc.property(odd, odd, odd, (first, last, other) => {
        const value = {
          metadata: { phone_number_id: "884" },
          statuses: other,
          contacts: other,
          [name]: [first, good, last],
        };
        const events = parseWebhook({ entry: [last, { changes: [first, { field, value }] }] }, NOW_MS);
        expect(JSON.stringify(events[list])).toContain("GOOD");
      }),
      { seed: SEED, numRuns: runs(80) },
    );
  });

  it("reads the same whatever the order of keys, and with fields that Meta has yet to invent", () => {
    // What is kept as sent shows a new field.
    const asSent = ["content", "detail", "pricing"];
    const withoutContent = (events: WebhookEvents) =>
      JSON.parse(JSON.stringify(events, (key, value) => (asSent.includes(key) ? null : value)));
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.nat(), odd, (json, turn, extra) => {
        const body: unknown = JSON.parse(json);
        const changed = reshape(body, turn, extra);
        expect(withoutContent(parseWebhook(changed, NOW_MS))).toEqual(
          withoutContent(parseWebhook(body, NOW_MS)),
        );
      }),
      { seed: SEED, numRuns: runs(300) },
    );
  });
});
