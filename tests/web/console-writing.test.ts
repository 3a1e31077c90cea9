import { describe, expect, it } from "vitest";
import type { ConversationRow } from "../../contracts/console/inbox.ts";
import type { QuickReply, TemplateView } from "../../contracts/console/settings.ts";
import { snoozePresets } from "../../web/src/console/acts/snooze-times.ts";
import { mediaOf, refusalOf, wantsRedraw } from "../../web/src/console/composer/attach/rules.ts";
import { EMOJI, findEmoji } from "../../web/src/console/composer/emoji/emoji.ts";
import { fillPlaceholders } from "../../web/src/console/composer/quick/placeholders.ts";
import { matchingReplies, slashWord } from "../../web/src/console/composer/quick/slash.ts";
import { levelOf } from "../../web/src/console/composer/record/recording.ts";
import {
  emptyValues,
  fileOf,
  filledText,
  isComplete,
  obstacleOf,
  sortedTemplates,
  templateMessage,
} from "../../web/src/console/composer/templates/fill.ts";
import { forbidsText, lockOf, takesOver } from "../../web/src/console/outbox/lock.ts";

const NOW = Date.UTC(2026, 10, 27, 12);

function row(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    ...{ id: "c", name: "Ana", phone: null, language: "es", owner: "human" },
    assignee: { id: "me", name: "Lucía" },
    ...{ preview: "", previewBy: null, previewType: null, lastAt: 0, unread: 0, waitingSince: null },
    ...{ reason: null, tags: [], snoozedUntil: null, closedAt: null, flaggedAt: null },
    ...{ windowEndsAt: NOW + 1, optedOut: false, demo: false, changedAt: 0 },
    ...change,
  };
}

describe("what may be written", () => {
  it.each([
    [row(), null],
    [row({ assignee: null }), "waiting"],
    [row({ assignee: null, owner: "bot" }), "bot"],
    [row({ assignee: null, owner: "other_app" }), "otherApp"],
    [row({ assignee: { id: "luis", name: "Luis" } }), "colleague"],
    [row({ windowEndsAt: NOW }), "window"],
    [row({ windowEndsAt: null }), "window"],
    [row({ windowEndsAt: null, closedAt: 1 }), "closed"],
    [row({ closedAt: 1, optedOut: true }), "optedOut"],
  ])("is said by the row (%#)", (conversation, lock) => {
    expect(lockOf(conversation, "me", "agent", NOW)).toBe(lock);
  });

  it("is nothing for a viewer", () => expect(lockOf(row(), "me", "viewer", NOW)).toBe("viewer"));

  it("takes over by itself from the bot and the queue, never from a colleague", () => {
    expect((["bot", "otherApp", "waiting"] as const).every(takesOver)).toBe(true);
    expect(takesOver("colleague")).toBe(false);
    expect(forbidsText("colleague")).toBe(false);
  });
});

describe("quick replies", () => {
  const reply = (shortcut: string, text: string, language: QuickReply["language"] = null): QuickReply => ({
    ...{ id: shortcut, shortcut, text, language },
  });

  it.each([
    ["/", 1, { from: 0, word: "" }],
    ["hola /env", 9, { from: 5, word: "env" }],
    ["hola/env", 8, null],
    ["https://a.b/c", 13, null],
    ["/envío listo", 6, { from: 0, word: "envío" }],
  ])("are asked for by a slash at the start of a word: %j", (text, caret, found) => {
    expect(slashWord(text, caret)).toEqual(found);
  });

  it("come by shortcut before text, the customer's language first, whatever the accents", () => {
    const replies = [
      reply("gracias", "¡Gracias!"),
      reply("envio-en", "Shipping", "en"),
      reply("envio", "x", "es"),
    ];
    const texts = [...replies, reply("otro", "El envío tarda")];
    expect(matchingReplies(texts, "ENVÍ", "es").map(({ shortcut }) => shortcut)).toEqual([
      "envio",
      "envio-en",
      "otro",
    ]);
  });

  it("fill their placeholders, leave out what is unknown and keep what is not theirs", () => {
    const values = { name: "Ana", operator: null, company: "Tambo" };
    expect(fillPlaceholders("Hola {{name}}, soy {{ operator }}. {{company}} {{order}}", values)).toBe(
      "Hola Ana, soy. Tambo {{order}}",
    );
    expect(fillPlaceholders("Hola {{name}}!", { ...values, name: "$& {{company}}" })).toBe(
      "Hola $& {{company}}!",
    );
  });
});

describe("templates", () => {
  const template: TemplateView = {
    ...{ name: "order", language: "es", category: "utility", status: "approved" },
    ...{ header: { kind: "text", text: "Pedido {{1}}" }, body: "Hola {{1}}, llega el {{2}}.", footer: "" },
    ...{ buttons: [{ kind: "url", text: "Ver", hasValue: true }], headerPlaceholders: ["1"] },
    ...{ placeholders: ["1", "2"], priceUsd: null },
  };

  it("are sent when approved and filled, with the file that their header takes", () => {
    expect(obstacleOf(template)).toBeNull();
    expect(obstacleOf({ ...template, status: "paused" })).toBe("paused");
    expect(obstacleOf({ ...template, header: { kind: "location", text: "" } })).toBe("needs_place");
    const pictured = { ...template, header: { kind: "image", text: "" } } as const;
    expect([obstacleOf(pictured), fileOf(pictured), fileOf(template)]).toEqual([null, "image", null]);
    expect(emptyValues(pictured, "Ana").header).toEqual([""]);
    const values = emptyValues(template, "Ana");
    expect(isComplete(values)).toBe(false);
    const filled = { header: ["1042"], body: ["Ana", "el\n viernes\t "], buttons: ["1042"] };
    expect(isComplete(filled)).toBe(true);
    // Meta refuses line breaks and tabs in values.
    expect(templateMessage(template, filled)).toMatchObject({
      body: ["Ana", "el viernes"],
      header: ["1042"],
    });
  });

  it("show a placeholder until it has a value", () => {
    expect(filledText(template.body, ["1", "2"], ["Ana {{2}}", " "])).toBe("Hola Ana {{2}}, llega el {{2}}.");
  });

  it("are listed with those first that can be sent in the customer's language", () => {
    const paused = { ...template, name: "a", status: "paused" } as const;
    const english = { ...template, name: "b", language: "en_US" };
    expect(sortedTemplates([paused, english, template], "es").map(({ name }) => name)).toEqual([
      "order",
      "b",
      "a",
    ]);
  });
});

describe("files", () => {
  it("go as what WhatsApp shows", () => {
    expect(
      ["image/png", "image/svg+xml", "audio/ogg; codecs=opus", "audio/wav", "text/html"].map(mediaOf),
    ).toEqual([...["image", "document", "audio", "document", "document"]]);
  });

  it("are refused before they are uploaded", () => {
    expect(refusalOf({ type: "image/png", size: 0 })).toBe("empty_file");
    expect(refusalOf({ type: "audio/ogg", size: 17 * 1024 * 1024 })).toBe("too_large");
    expect(refusalOf({ type: "application/pdf", size: 9_000_000 }, 4_000_000)).toBe("too_large");
    expect(refusalOf({ type: "application/pdf", size: 17 * 1024 * 1024 })).toBeNull();
  });

  it("are redrawn when WhatsApp would not show the picture", () => {
    expect(wantsRedraw({ type: "image/webp", size: 1 })).toBe(true);
    expect(wantsRedraw({ type: "image/jpeg", size: 6 * 1024 * 1024 })).toBe(true);
    expect(wantsRedraw({ type: "image/jpeg", size: 1 })).toBe(false);
    expect(wantsRedraw({ type: "image/svg+xml", size: 1 })).toBe(false);
  });

  it("have a loudness from silence to full", () => {
    expect(levelOf(new Uint8Array(8).fill(128))).toBe(0);
    expect(levelOf(Uint8Array.of(0, 255, 0, 255))).toBe(1);
  });
});

describe("emoji", () => {
  it("are found by words of three languages", () => {
    for (const typed of ["paquete", "PACK", "pacote"])
      expect(findEmoji(typed).map(({ emoji }) => emoji)).toContain("📦");
    expect(findEmoji("  ")).toBe(EMOJI);
    expect(findEmoji("zzz")).toEqual([]);
  });

  it("all have words in each language, and none comes twice", () => {
    expect(EMOJI.filter(({ words }) => Object.values(words).includes(""))).toEqual([]);
    expect(new Set(EMOJI.map(({ emoji }) => emoji)).size).toBe(EMOJI.length);
  });
});

describe("snoozing", () => {
  it("offers times in the future, each once", () => {
    for (let day = 0; day < 8; day += 1) {
      const now = NOW + day * 86_400_000;
      const times = snoozePresets(now).map(({ until }) => until);
      expect(times.every((until) => until > now)).toBe(true);
      expect(new Set(times).size).toBe(times.length);
      for (const until of times.slice(2)) expect(new Date(until).getHours()).toBe(9);
    }
  });
});
