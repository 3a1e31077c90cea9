import { describe, expect, it } from "vitest";
import { startsTurn } from "../../lib/whatsapp/inbound/starts-turn.ts";

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
    expect(startsTurn({ type: "text", groupId: null, standby: true })).toBe(false);
  });
});
