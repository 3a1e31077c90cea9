import { describe, expect, it } from "vitest";
import type { Json } from "../../lib/types/json.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";
import type { Described } from "../../lib/whatsapp/inbound/describe/kinds.ts";

const say = (type: string, content: Json, text: string | null = null, rest: Partial<Described> = {}) =>
  describeMessage({ type, content, text, ...rest });

describe("describeMessage with what is known besides", () => {
  it.each<[string, string, Json, string | null, Partial<Described>]>([
    ["【voice note】 quiero\ndos", "audio", { voice: true }, null, { reading: "quiero\ndos" }],
    ["【voice note】 (could not be opened)", "voice", {}, null, { reading: "(could not be opened)" }],
    [
      "【document: a.pdf】 Total: 120 PEN",
      "document",
      { filename: "a.pdf" },
      null,
      { reading: "Total:\n 120 PEN" },
    ],
    [
      "【document: a.pdf】 Total 9\nmi pago",
      "document",
      { filename: "a.pdf" },
      "mi pago",
      { reading: "Total 9" },
    ],
    ["【image】 mira", "image", {}, "mira", { reading: null }],
    ["【forwarded】 hola", "text", {}, "hola", { about: { forwarded: true } }],
    [
      "【forwarded many times】 【image】",
      "image",
      {},
      null,
      { about: { frequentlyForwarded: true, forwarded: true } },
    ],
    [
      '【from the ad "Mantas: Hechas a mano", which greeted: "¡Hola!"】 info',
      "text",
      {},
      "info",
      {
        about: {
          referral: { headline: "Mantas", body: "Hechas a mano", sourceType: "ad", greeting: "¡Hola!" },
        },
      },
    ],
    ["【from the post】 info", "text", {}, "info", { about: { referral: { sourceType: "post" } } }],
    [
      "【about product MANTA-07】 ¿hay?",
      "text",
      {},
      "¿hay?",
      { about: { product: { productId: "MANTA-07" } } },
    ],
    ['【in reply to: "¿Qué (talla)?"】 la M', "text", {}, "la M", { quoted: "¿Qué\n[talla]?" }],
    ['【reaction 👍 to: "listo"】', "reaction", { emoji: "👍" }, null, { quoted: "listo" }],
    ['【reaction removed from: "listo"】', "reaction", {}, null, { quoted: "listo" }],
    [
      "【message that WhatsApp could not show: ask them to send it again】",
      "unsupported",
      { type: "media_placeholder" },
      null,
      { about: { metaCodes: [131060] } },
    ],
    ["【unsupported message】", "unknown", null, null, { about: { metaCodes: [501] } }],
    [
      "【WhatsApp could not deliver all of this】 【image】",
      "image",
      {},
      null,
      { about: { metaCodes: [131052] } },
    ],
  ])("says %j of what is known besides", (expected, ...message) => {
    expect(say(...message)).toBe(expected);
  });

  it("keeps what only an advertiser needs from the model", () => {
    const referral = { headline: "Mantas", clickId: "Aff-1", sourceUrl: "https://fb.me/x", sourceId: "9001" };
    expect(say("text", {}, "info", { about: { referral } })).toBe('【from the ad "Mantas"】 info');
  });
});
