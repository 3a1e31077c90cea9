import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WebhookEvents } from "../../lib/events.ts";
import { describeMessage, MAX_DESCRIPTION } from "../../lib/webhook/describe.ts";
import { parseWebhook } from "../../lib/webhook/payload.ts";
import { MAX_CONTENT_BYTES, MAX_TEXT } from "../../lib/webhook/sanitize.ts";
import { fixtures } from "./payload-fixtures.ts";

const NOW_MS = 1_790_000_000_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Everything the store relies on, of whatever came in. */
function expectSafe(events: WebhookEvents): void {
  const json = JSON.stringify(events);
  expect(json.isWellFormed()).toBe(true);
  // PostgreSQL refuses both in jsonb.
  expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  expect(JSON.stringify(JSON.parse(json))).toBe(json);
  for (const message of events.messages) {
    const ids = [message.waMessageId, message.from, message.fromUserId, message.replyId, message.mediaId];
    expect(ids.filter((id) => id === "" || (id !== null && id.length > 512))).toEqual([]);
    expect(message.from ?? "0").toMatch(/^\d{1,20}$/);
    expect(message.type).not.toBe("");
    expect(message.text?.length ?? 0).toBeLessThanOrEqual(MAX_TEXT);
    expect(new TextEncoder().encode(JSON.stringify(message.content)).length).toBeLessThanOrEqual(
      MAX_CONTENT_BYTES,
    );
    expect(message.timestampMs).toBeLessThanOrEqual(NOW_MS + 300_000);
    if (message.from === null && message.fromUserId === null) expect(message.type).toBe("system");
    const described = describeMessage(message);
    expect(described.length).toBeGreaterThan(0);
    expect(described.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
  }
}

/** Values of every kind that do harm somewhere. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    "",
    "\0",
    "\ud800",
    "x".repeat(40_000),
    [],
    {},
    [[]],
    "__proto__",
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
);

/** `json` with the value at one place replaced, or that place gone. */
function mutate(json: string, places: readonly number[], values: readonly unknown[]): unknown {
  const root: unknown = JSON.parse(json);
  for (const [index, place] of places.entries()) {
    const holders: [object, string][] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const key of Object.keys(value)) {
        holders.push([value, key]);
        visit(Reflect.get(value, key));
      }
    };
    visit(root);
    const target = holders[place % Math.max(holders.length, 1)];
    if (!target) return values[index];
    if (place % 5 === 0) Reflect.deleteProperty(...target);
    else Reflect.set(...target, structuredClone(values[index]));
  }
  return root;
}

describe(`parseWebhook on anything (SEED=${SEED})`, () => {
  it("gives safe events for any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => expectSafe(parseWebhook(body, NOW_MS))),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("gives safe events for an envelope of anything", () => {
    const item = fc.dictionary(
      fc.constantFrom("id", "from", "type", "text", "timestamp", "context", "errors", "system", "status"),
      odd,
    );
    const items = fc.array(fc.oneof(item, odd), { maxLength: 4 });
    fc.assert(
      fc.property(items, items, items, (messages, statuses, contacts) => {
        const value = { metadata: { phone_number_id: "884" }, messages, statuses, contacts };
        expectSafe(parseWebhook({ entry: [{ changes: [{ field: "messages", value }] }] }, NOW_MS));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("gives safe events for damaged bodies", () => {
    const bodies = fixtures().map(({ json }) => json);
    const places = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 4 });
    const values = fc.array(odd, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...bodies), places, values, (json, at, instead) =>
        expectSafe(parseWebhook(mutate(json, at, instead), NOW_MS)),
      ),
      { seed: SEED, numRuns: 600 },
    );
  });

  it("still reads the good message beside a damaged one", () => {
    fc.assert(
      fc.property(odd, odd, (first, last) => {
        const good = { from: "51987", id: "wamid.GOOD", type: "text", text: { body: "hola" } };
        const value = {
          metadata: { phone_number_id: "884" },
          messages: [first, good, last],
          statuses: first,
        };
        const events = parseWebhook(
          { entry: [last, { changes: [first, { field: "messages", value }] }] },
          NOW_MS,
        );
        expect(events.messages.filter(({ waMessageId }) => waMessageId === "wamid.GOOD")).toHaveLength(1);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
