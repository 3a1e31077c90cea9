import { describe, expect, it } from "vitest";
import type { WebhookEvents } from "../../lib/types/inbound.ts";
import { noEvents } from "../../lib/whatsapp/inbound/events.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { BESIDES, type Expected, fixtures } from "./payload-fixtures.ts";
import { PLACES } from "./payload-places.ts";

const NOW_MS = 1_790_000_000_000;

/** The events in the words of `expected.json`. */
function summary({ messages, statuses }: WebhookEvents): Pick<Expected, "messages" | "statuses"> {
  return {
    messages: messages.map((message) => ({
      id: message.waMessageId,
      from: message.from,
      type: message.type,
      text: message.text,
      ...(message.fromUserId !== null && { from_user_id: message.fromUserId }),
      ...(message.replyId !== null && { reply_id: message.replyId }),
      ...(message.mediaId !== null && { media_id: message.mediaId }),
      ...(message.contextId !== null && { context_id: message.contextId }),
      ...(message.groupId !== null && { group_id: message.groupId }),
      ...(message.metaCodes.length > 0 && { error_codes: message.metaCodes }),
      ...(message.standby && { standby: true }),
    })),
    statuses: statuses.map((status) => ({
      id: status.waMessageId,
      status: status.status,
      ...(status.recipientId !== null && { recipient_id: status.recipientId }),
      ...(status.recipientUserId !== null && { recipient_user_id: status.recipientUserId }),
      ...(status.opaqueId !== null && { biz_opaque_callback_data: status.opaqueId }),
      ...(status.metaCodes.length > 0 && { error_codes: status.metaCodes }),
    })),
  };
}

describe("parseWebhook on whole bodies", () => {
  it.each(fixtures().map((fixture) => [fixture.name, fixture] as const))(
    "reads %s",
    (_, { json, expected }) => {
      const events = parseWebhook(JSON.parse(json), NOW_MS);
      expect(summary(events)).toEqual({ messages: expected.messages, statuses: expected.statuses });
      if (expected.others) expect(events.others.map(({ reason }) => reason)).toEqual(expected.others);
      for (const name of BESIDES) {
        const want = expected.events?.[name];
        if (want) expect(events[name]).toMatchObject(want);
        else if (expected.others) expect([name, events[name]]).toEqual([name, []]);
      }
      for (const field of expected.fields) {
        if (field === null || field === "messages") continue;
        const place = events[PLACES[field] ?? "others"];
        // What cannot be used of a known field, and a field of the future, is at least listed.
        const listed = [...events.others, ...events.accountEvents].filter((event) => event.field === field);
        expect([field, place.length + listed.length]).not.toEqual([field, 0]);
      }
    },
  );

  it.each(Object.entries(PLACES).filter(([, place]) => place === "accountEvents"))(
    "keeps news of field %s",
    (field) => {
      const { accountEvents, others } = parse({ event: "SOMETHING" }, field);
      expect([accountEvents.map((news) => [news.field, news.event]), others]).toEqual([
        [[field, "SOMETHING"]],
        [],
      ]);
    },
  );

  it.each(["message_echoes", "tracking_events", "MESSAGES", "messages ", "historical", "constructor"])(
    "acknowledges and lists field %j",
    (field) => {
      const events = parse({ messages: [{ from: "51987", id: "m1", type: "text" }] }, field);
      expect(events.others.map(({ reason }) => reason)).toEqual(["field"]);
      expect({ ...events, others: [] }).toEqual(noEvents());
    },
  );
});

/** The events of one change, by default of field `messages` and to the number 884. */
function parse(value: object, field: string | undefined = "messages"): WebhookEvents {
  const whole = { metadata: { phone_number_id: "884" }, ...value };
  return parseWebhook({ entry: [{ changes: [{ field, value: whole }] }] }, NOW_MS);
}

/** The one message made of `fields` and the bare minimum. */
function message(fields: object, value: object = {}) {
  const [first] = parse({
    ...value,
    messages: [{ from: "51987", id: "m1", type: "text", ...fields }],
  }).messages;
  if (!first) throw new Error("the message was not read");
  return first;
}

describe("parseWebhook on one message", () => {
  it("takes Meta's time in seconds or milliseconds, as text or number, and ours where that cannot be", () => {
    const inSeconds = NOW_MS / 1_000;
    expect(message({ timestamp: "1760000000123" }).timestampMs).toBe(1_760_000_000_123);
    expect(message({ timestamp: NOW_MS + 299_000 }).timestampMs).toBe(NOW_MS + 299_000);
    expect(message({ timestamp: "1760000000" }).timestampMs).toBe(1_760_000_000_000);
    expect(message({ timestamp: 1760000000 }).timestampMs).toBe(1_760_000_000_000);
    expect(message({ timestamp: inSeconds + 299 }).timestampMs).toBe(NOW_MS + 299_000);
    for (const timestamp of [
      inSeconds + 301,
      "soon",
      "",
      "1e9",
      -5,
      0,
      1.5,
      null,
      {},
      String(NOW_MS + 301_000),
      undefined,
    ]) {
      expect(message({ timestamp }).timestampMs).toBe(NOW_MS);
    }
  });

  it("finds the profile name by phone or user id, and nobody else's", () => {
    const contacts = [
      { profile: { name: "Beto" }, wa_id: "551" },
      { profile: { name: "Ana" }, wa_id: "51987" },
      { profile: { name: "Cleo" }, user_id: "PE.1" },
    ];
    expect(message({}, { contacts }).profileName).toBe("Ana");
    expect(message({ from: undefined, from_user_id: "PE.1" }, { contacts }).profileName).toBe("Cleo");
    expect(message({ from: "999" }, { contacts }).profileName).toBeNull();
    expect(message({ from: "51987" }, { contacts: "none" }).profileName).toBeNull();
  });

  it("has a name on one line, and nothing in it that a terminal would obey", () => {
    const nameOf = (name: unknown) =>
      message({}, { contacts: [{ profile: { name }, wa_id: "51987" }] }).profileName;
    expect(nameOf("Ana\u001b[2J\r\n\u009b1A 51999  handed back")).toBe("Ana[2J 1A 51999 handed back");
    expect(nameOf("María 👩‍👧 مرحبا")).toBe("María 👩‍👧 مرحبا");
    expect(nameOf("\u0007\n")).toBeNull();
  });

  it("does not guess the sender among several contacts", () => {
    const contacts = [{ wa_id: "551" }, { wa_id: "51987" }];
    expect(parse({ contacts, messages: [{ id: "m1", type: "text" }] }).messages).toEqual([]);
  });

  it("keeps the type's own object, and none of another type", () => {
    const image = { id: "9", mime_type: "image/jpeg" };
    expect(message({ type: "image", image, text: { body: "x" } })).toMatchObject({
      content: image,
      text: null,
    });
    expect(message({ type: "request_welcome" }).content).toBeNull();
  });

  it("bounds the text and what is kept of the object", () => {
    const long = message({ text: { body: `${"x".repeat(16_383)}👍 and the end` } });
    expect(long.text).toMatch(/^x{8000,} 【left out: \d+ characters】 x+👍 and the end$/);
    expect(long.text?.length).toBeLessThanOrEqual(16_384);
    expect(message({ type: "y".repeat(500) }).type).toHaveLength(64);
    expect(message({ type: "text", context: { id: "z".repeat(513) } }).contextId).toBeNull();
    expect(JSON.stringify(long.content).length).toBeLessThanOrEqual(32_768);
  });

  it("says so when the object was cut to fit, and keeps what it can", () => {
    const response_json = JSON.stringify({ note: "n".repeat(60_000) });
    const { content } = message({
      type: "interactive",
      interactive: { type: "nfm_reply", nfm_reply: { name: "flow", response_json } },
    });
    expect(content).toMatchObject({ truncated: true, type: "nfm_reply", nfm_reply: { name: "flow" } });
    const people = Array.from({ length: 2_000 }, (_, index) => ({
      name: { formatted_name: `P ${index}` },
      phones: [{ phone: "+51987650001" }],
    }));
    expect(message({ type: "contacts", contacts: people }).content).toMatchObject({
      truncated: true,
      items: expect.any(Array),
    });
  });

  it("survives nesting of any depth", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`);
    expect(message({ type: "deep", deep }).content).toMatchObject({ truncated: true });
    expect(parseWebhook(JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), NOW_MS).messages).toEqual(
      [],
    );
  });

  it("takes a key named __proto__ for data", () => {
    const card = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    const { content } = message({ type: "card", card });
    expect(JSON.stringify(content)).toBe('{"a":1}');
    expect(message(JSON.parse('{"__proto__":{"type":"image"}}')).type).toBe("text");
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("parseWebhook on the rest", () => {
  it("keeps pricing and the codes of a failed status", () => {
    const pricing = { type: "regular", category: "utility" };
    const statuses = [{ id: "m1", status: "FAILED", pricing, errors: { code: "131026" } }];
    expect(parse({ statuses }).statuses).toMatchObject([
      { status: "failed", pricing, metaCodes: [131026], timestampMs: NOW_MS },
    ]);
  });

  it("takes no code that is none of Meta's", () => {
    const errors = [2 ** 31, "5000000000", -1, 12.5, "1e3", null, {}, 131026].map((code) => ({ code }));
    expect(parse({ statuses: [{ id: "m1", status: "failed", errors }] }).statuses).toMatchObject([
      { metaCodes: [131026] },
    ]);
  });

  it("names what it cannot use without repeating what anybody wrote", () => {
    const { others } = parse({
      messages: [{ type: "text", text: { body: "secreto" } }],
      statuses: [
        { id: "m2", status: "secreto con espacios" },
        { id: "m3", status: "warning" },
      ],
      errors: [{ code: 130429, title: "secreto" }],
    });
    expect(others.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["errors", "130429"],
      ["unusable", "message without a usable id"],
      ["unusable", "status (unreadable)"],
      ["unusable", "status warning"],
    ]);
    expect(JSON.stringify([others, parse({}, "campo secreto").others])).not.toContain("secreto");
  });

  it("lists a thousand unusable items and says that there were more", () => {
    const events = parse({
      messages: [...Array(5_000).fill(null), { from: "51987", id: "m1", type: "text" }],
    });
    expect(events.messages).toHaveLength(1);
    expect(events.others).toHaveLength(1_001);
    expect(events.others.at(-1)?.detail).toBe("and more, not listed");
  });
});
