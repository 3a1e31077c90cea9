import { describe, expect, it } from "vitest";
import type { Json } from "../../lib/events.ts";
import { describeMessage, MAX_DESCRIPTION } from "../../lib/webhook/describe.ts";
import { STARTS_TURN, startsTurn } from "../../lib/webhook/starts-turn.ts";

const say = (type: string, content: Json, text: string | null = null) =>
  describeMessage({ type, content, text });

describe("describeMessage", () => {
  it.each<[string, string, Json, string | null]>([
    ["hola\n¿qué tal?", "text", { body: "hola\n¿qué tal?" }, "hola\n¿qué tal?"],
    ["[empty message]", "text", null, null],
    ["[image] ¿tienen este?", "image", { id: "1" }, "¿tienen este?"],
    ["[video]", "video", {}, null],
    ["[audio]", "audio", { voice: false }, null],
    ["[voice note]", "audio", { voice: true }, null],
    ["[voice note]", "voice", {}, null],
    ["[document: voucher.pdf] mi pago", "document", { filename: "voucher.pdf" }, "mi pago"],
    ["[document]", "document", {}, null],
    ["[sticker]", "sticker", { animated: true }, null],
    [
      "[location: Plaza Mayor, Lima, -12.04, -77.03]",
      "location",
      { name: "Plaza Mayor", address: "Lima", latitude: -12.04, longitude: -77.03 },
      null,
    ],
    ["[location: -12.04, -77.03]", "location", { latitude: -12.04, longitude: -77.03 }, null],
    [
      "[contact: Ana Ruiz, +51 987 650 001] [contact: Luis]",
      "contacts",
      [
        { name: { formatted_name: "Ana Ruiz" }, phones: [{ phone: "+51 987 650 001" }] },
        { name: { first_name: "Luis" } },
      ],
      null,
    ],
    [
      "[contact: +51987650001]",
      "contacts",
      { truncated: true, items: [{ phones: [{ phone: "+51987650001" }] }] },
      null,
    ],
    ["[contact]", "contacts", [], null],
    ["[button] Pagar", "button", { payload: "P" }, "Pagar"],
    [
      "[button] Talla M",
      "interactive",
      { type: "button_reply", button_reply: { id: "m", title: "Talla M" } },
      "Talla M",
    ],
    [
      "[list choice: 3 a 5 días] Cusco",
      "interactive",
      { type: "list_reply", list_reply: { id: "c", title: "Cusco", description: "3 a 5 días" } },
      "Cusco",
    ],
    [
      "[form reply: dia: lunes]",
      "interactive",
      { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"dia":"lunes"}' } },
      null,
    ],
    [
      "[call permission: accept]",
      "interactive",
      { type: "call_permission_reply", call_permission_reply: { response: "accept" } },
      null,
    ],
    ["[interactive message]", "interactive", { type: "poll_reply" }, null],
    [
      "[order: 2 × MANTA-07 at 120.5 PEN, 1 × product] para regalo",
      "order",
      {
        product_items: [
          { product_retailer_id: "MANTA-07", quantity: 2, item_price: 120.5, currency: "PEN" },
          null,
        ],
      },
      "para regalo",
    ],
    ["[reaction 👍]", "reaction", { emoji: "👍" }, null],
    ["[reaction removed]", "reaction", { emoji: "" }, null],
    ["[system notice: cambió de número]", "system", { body: "cambió\nde número" }, null],
    ["[unsupported message: poll]", "unsupported", { type: "poll" }, null],
    ["[opened the chat for the first time]", "request_welcome", null, null],
    [
      "[edited an earlier message: talla L]",
      "edit",
      { message: { type: "text", text: { body: "talla L" } } },
      null,
    ],
    ["[deleted an earlier message]", "revoke", {}, null],
    ["[hologram message]", "hologram", { x: 1 }, null],
    ["[toString message]", "toString", null, null],
  ])("says %j", (expected, type, content, text) => {
    expect(say(type, content, text)).toBe(expected);
  });

  it("keeps the person's words when there is a lot to say beside them, within the bound", () => {
    const product_items = Array.from({ length: 200 }, (_, index) => ({
      product_retailer_id: `PRODUCT-${index}-${"x".repeat(20)}`,
      quantity: 1,
    }));
    const described = say("order", { product_items }, "para regalo");
    expect(described).toMatch(/^\[order: .*…\] para regalo$/);
    expect(say("contacts", Array(30).fill({}))).toMatch(/^(\[contact\] ){20}and 10 more$/);
    expect(described.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
    expect(say("text", null, "👍".repeat(3_000))).toBe("👍".repeat(1_000));
  });

  it.each<Json>([null, 7, "x", [], [null], { product_items: 3, items: {}, name: [], type: {} }])(
    "says something of any type whatever it holds: %j",
    (content) => {
      for (const type of Object.keys(STARTS_TURN)) expect(say(type, content)).toMatch(/^\[.+\]$/);
    },
  );
});

describe("startsTurn", () => {
  it("answers whatever a person may expect an answer to", () => {
    for (const type of [
      "text",
      "interactive",
      "button",
      "image",
      "video",
      "audio",
      "voice",
      "document",
      "sticker",
      "location",
      "contacts",
      "order",
      "unsupported",
      "request_welcome",
      "hologram",
      "toString",
      "__proto__",
    ]) {
      expect([type, startsTurn({ type, groupId: null, standby: false })]).toEqual([type, true]);
    }
  });

  it("does not answer reactions, notices, edits, deletions or groups", () => {
    for (const type of ["reaction", "system", "edit", "revoke"]) {
      expect([type, startsTurn({ type, groupId: null, standby: false })]).toEqual([type, false]);
    }
    expect(startsTurn({ type: "text", groupId: "Y2FwaV9ncm91cDox", standby: false })).toBe(false);
  });
});
