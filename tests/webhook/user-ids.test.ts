import { describe, expect, test } from "vitest";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";

const ID = "PE.13491208655302742001";
const PARENT = "US.ENT.11815799212886844830";
const PHONE = "51987654321";
const NOW = Date.UTC(2026, 10, 28);

/** Events of one change. */
const eventsOf = (field: string, value: object) =>
  parseWebhook(
    {
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field, value: { metadata: { phone_number_id: "100" }, ...value } }] }],
    },
    NOW,
  );
const message = (names: object, contacts: object[] = []) =>
  eventsOf("messages", {
    contacts,
    messages: [{ ...names, id: "wamid.1", type: "text", text: { body: "hola" } }],
  });

/** Places where a message may name its sender, with what is read there: phone and user id. */
const SENDERS: Record<string, [object, object[], [string | null, string | null]]> = {
  "from and wa_id": [{ from: ID }, [{ wa_id: ID, profile: { name: "Luz" } }], [null, ID]],
  "from alone": [{ from: ID }, [], [null, ID]],
  "wa_id alone": [{}, [{ wa_id: ID }], [null, ID]],
  "user_id alone": [{}, [{ user_id: ID }], [null, ID]],
  "from, the phone in the contact": [{ from: ID }, [{ wa_id: PHONE, user_id: ID }], [PHONE, ID]],
  "from_user_id, the phone in the contact": [
    { from_user_id: ID },
    [{ wa_id: PHONE, user_id: ID }],
    [PHONE, ID],
  ],
  "a phone, the id in wa_id": [{ from: PHONE, from_user_id: ID }, [{ wa_id: ID }], [PHONE, ID]],
  "from and from_user_id": [{ from: ID, from_user_id: ID }, [], [null, ID]],
  "a parent id in from, the own id beside it": [{ from: PARENT, from_user_id: ID }, [], [null, ID]],
  "a parent id, the own id in the contact": [
    { from_parent_user_id: PARENT },
    [{ user_id: ID, parent_user_id: PARENT }],
    [null, ID],
  ],
  "a parent id alone": [{ from_parent_user_id: PARENT }, [], [null, PARENT]],
  "a parent id alone, in from": [{ from: PARENT }, [{ wa_id: PARENT }], [null, PARENT]],
  "a phone and a parent id": [{ from: PHONE, from_parent_user_id: PARENT }, [], [PHONE, null]],
  "user_id of the message": [{ user_id: ID }, [], [null, ID]],
  "a contact under another spelling": [
    { from: "5511987654321" },
    [{ wa_id: "551187654321", user_id: "BR.1" }],
    ["5511987654321", "BR.1"],
  ],
};

describe("a business-scoped user id", () => {
  test.each(Object.entries(SENDERS))("of a sender: %s", (_, [names, contacts, [from, fromUserId]]) => {
    const events = message(names, contacts);
    expect(events.others).toEqual([]);
    expect(events.messages).toMatchObject([{ from, fromUserId }]);
  });

  test.each([
    "PE",
    "PE.",
    "pe.13491208655302742001",
    "PER.13491208655302742001",
    "PE.1349-1208",
    "PE.1349 1208",
    `PE.${"1".repeat(129)}`,
    "US.ENT.",
    "Luz",
    "@luz",
    "luz@example.com",
    {},
    ["PE.1"],
    null,
  ])("is not %j, which stays unusable", (from) => {
    const events = message({ from }, [{ wa_id: from, profile: { name: "Luz" } }]);
    expect(events.messages).toEqual([]);
    expect(events.others).toMatchObject([{ reason: "unusable", detail: "message without a usable sender" }]);
  });

  test("in the place of a phone, in every other field", () => {
    const about = { id: "wamid.2", timestamp: "1790000000" };
    expect(
      eventsOf("smb_message_echoes", {
        message_echoes: [{ ...about, to: ID, type: "text", text: { body: "a" } }],
      }).operatorEchoes,
    ).toMatchObject([{ to: null, toUserId: ID }]);
    expect(
      eventsOf("user_preferences", {
        user_preferences: [{ wa_id: ID, category: "marketing_messages", value: "stop" }],
      }).preferences,
    ).toMatchObject([{ from: null, fromUserId: ID }]);
    expect(
      eventsOf("calls", { calls: [{ from: ID, event: "connect", direction: "USER_INITIATED" }] }).calls,
    ).toMatchObject([{ from: null, fromUserId: ID }]);
    expect(
      eventsOf("messaging_handovers", { sender: { phone_number: ID }, type: "control_passed" }).handovers,
    ).toMatchObject([{ from: null, fromUserId: ID }]);
    expect(
      eventsOf("messages", { statuses: [{ ...about, status: "read", recipient_id: ID }] }).statuses,
    ).toMatchObject([{ recipientId: null, recipientUserId: ID }]);
    expect(
      eventsOf("messages", { statuses: [{ ...about, status: "read", recipient_id: PHONE }] }).statuses,
    ).toMatchObject([{ recipientId: PHONE, recipientUserId: null }]);
  });

  test("changes where a notice names it in the place of a phone", () => {
    const system = { type: "user_changed_user_id", wa_id: "PE.2", body: "…" };
    const { identityChanges } = eventsOf("messages", {
      messages: [{ from: ID, id: "wamid.3", type: "system", system }],
    });
    expect(identityChanges).toMatchObject([
      { phone: { previous: null, current: null }, userId: { previous: ID, current: "PE.2" } },
    ]);
  });

  test("another spelling of the same phone is no new phone", () => {
    const change = (current: string) =>
      eventsOf("messages", {
        messages: [
          { from: "5215512345678", id: "wamid.4", type: "system", system: { type: "x", wa_id: current } },
        ],
      }).identityChanges;
    expect(change("525512345678")).toEqual([]);
    expect(change("525512345679")).toMatchObject([{ phone: { current: "525512345679" } }]);
  });
});
