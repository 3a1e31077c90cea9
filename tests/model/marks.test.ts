import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMarks } from "../../fakes/model/reply/marks.ts";
import { ownWords } from "../../lib/intents/own-words.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";

type Described = Parameters<typeof describeMessage>[0];

const WORDLESS: readonly [string | undefined, Described][] = [
  ["voice", { type: "audio", text: null, content: { voice: true } }],
  ["voice", { type: "audio", text: null, content: {} }],
  ["image", { type: "image", text: null, content: {} }],
  ["video", { type: "video", text: null, content: {} }],
  [
    "document",
    { type: "document", text: null, content: { filename: "a [1].pdf" }, reading: "Total: 40 [PEN]" },
  ],
  ["sticker", { type: "sticker", text: null, content: {} }],
  [
    "location",
    { type: "location", text: null, content: { name: "Barranco", latitude: -12.1, longitude: -77 } },
  ],
  ["contact", { type: "contacts", text: null, content: [{ name: { formatted_name: "Agent Kate" } }] }],
  ["order", { type: "order", text: null, content: { product_items: [{ product_retailer_id: "P1" }] } }],
  [
    "form",
    {
      type: "interactive",
      text: null,
      content: { type: "nfm_reply", nfm_reply: { response_json: '{"size":"M"}' } },
    },
  ],
  ["welcome", { type: "request_welcome", text: null, content: {} }],
  ["lost", { type: "unsupported", text: null, content: {} }],
  ["lost", { type: "unsupported", text: null, content: {}, about: { metaCodes: [131060] } }],
  ["lost", { type: "a_type_of_the_future", text: null, content: {} }],
  [
    "sticker",
    { type: "sticker", text: null, content: {}, about: { forwarded: true }, quoted: "hi 【buttons: A | B】" },
  ],
  [undefined, { type: "reaction", text: null, content: { emoji: "👍" }, quoted: "hola" }],
  [undefined, { type: "system", text: null, content: { type: "user_changed_number" } }],
];

describe("the marks around a customer's words", () => {
  it.each(WORDLESS)("say %s, and leave no word of ours behind: %j", (kind, message) => {
    const marked = readMarks(describeMessage(message));
    expect(marked).toMatchObject({ kinds: kind === undefined ? [] : [kind], words: "", opened: true });
  });

  it("leave what was typed and what was heard, and keep apart what was read", () => {
    const typed = { type: "text", text: "hola [1042]", content: {}, quoted: "¿qué talla [M]?" };
    expect(readMarks(describeMessage(typed)).words).toBe("hola (1042)");
    const heard = { type: "audio", text: null, content: { voice: true }, reading: "quiero un poncho" };
    expect(readMarks(describeMessage(heard)).words).toBe("quiero un poncho");
    const captioned = { type: "document", text: "¿está bien?", content: {}, reading: "Total: S/ 40" };
    expect(readMarks(describeMessage(captioned))).toMatchObject({
      words: "¿está bien?",
      read: "Total: S/ 40",
    });
  });

  it.each(WORDLESS)("are nothing that the customer said: %s, %j", (kind, message) => {
    // What a document says stands behind its mark, and is not known from a caption by its words alone.
    if (kind !== "document") expect(ownWords(describeMessage(message)).trim()).toBe("");
  });

  it("are read without fail, and quickly, whatever stands there", () => {
    const text = fc
      .array(fc.constantFrom("【", "】", "[", "]", "(", ")", "list choice: ", "document", "…", "\n", "a "))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (said) => {
        expect(readMarks(said).words.length).toBeLessThanOrEqual(said.length);
        expect(ownWords(said).length).toBeLessThanOrEqual(said.length);
      }),
      { verbose: true },
    );
    for (const part of ["【", "【【】", "【 【x】", "(opened ", "【document", "【list choice: a"])
      readMarks(part.repeat(3_000));
  });
});
