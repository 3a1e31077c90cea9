import { describe, expect, it } from "vitest";
import { aboutOf, isUnavailable } from "../../lib/whatsapp/inbound/fields/about.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";

const NOW_MS = 1_790_000_000_000;

/** The events of one change with these messages. */
function parse(messages: unknown[], value: object = {}) {
  const whole = { metadata: { phone_number_id: "884" }, messages, ...value };
  return parseWebhook({ entry: [{ changes: [{ field: "messages", value: whole }] }] }, NOW_MS);
}

describe("what Meta says around a message", () => {
  it("is nothing for a plain one, and for a mere reply", () => {
    expect(aboutOf({ context: { from: "884", id: "wamid.1" }, referral: {}, errors: [] })).toBeNull();
    expect(aboutOf({ context: "x", referral: 7, errors: null })).toBeNull();
  });

  it("names forwards and the product asked about", () => {
    expect(aboutOf({ context: { forwarded: true } })).toEqual({ forwarded: true });
    expect(aboutOf({ context: { frequently_forwarded: "true", forwarded: false } })).toEqual({
      frequentlyForwarded: true,
    });
    const referred_product = { catalog_id: 440011, product_retailer_id: "MANTA-07" };
    expect(aboutOf({ context: { referred_product } })).toEqual({
      product: { catalogId: "440011", productId: "MANTA-07" },
    });
  });

  it("keeps all that an ad says, bounded, and no link that was cut", () => {
    const referral = {
      source_url: "https://fb.me/x",
      source_id: "9001",
      source_type: "ad",
      headline: "Mantas",
      body: "b".repeat(5_000),
      media_type: "video",
      image_url: `https://x.example/${"i".repeat(3_000)}`,
      video_url: "https://x.example/v",
      thumbnail_url: "https://x.example/t",
      ctwa_clid: "Aff-1",
      welcome_message: { text: "¡Hola!" },
    };
    expect(aboutOf({ referral })).toEqual({
      referral: {
        sourceUrl: "https://fb.me/x",
        sourceId: "9001",
        sourceType: "ad",
        headline: "Mantas",
        body: "b".repeat(1_024),
        mediaType: "video",
        videoUrl: "https://x.example/v",
        thumbnailUrl: "https://x.example/t",
        clickId: "Aff-1",
        greeting: "¡Hola!",
      },
    });
  });

  it("tells words that WhatsApp lost from a type that it cannot carry", () => {
    const [lost, poll] = parse([
      { from: "51987", id: "m1", type: "unsupported", errors: [{ code: 131060 }] },
      { from: "51987", id: "m2", type: "unsupported", errors: [{ code: "131051" }] },
    ]).messages;
    expect(lost?.about).toEqual({ metaCodes: [131060] });
    expect([lost, poll].map((message) => message && isUnavailable(message))).toEqual([true, false]);
    expect(isUnavailable({ about: null })).toBe(false);
  });
});

describe("whom a message is from", () => {
  it("is completed by the contact that names the same person", () => {
    const contacts = [
      { wa_id: "51987", user_id: "PE.1", profile: { name: "Ana" } },
      { wa_id: "551", user_id: "BR.2" },
    ];
    const { messages } = parse(
      [
        { from: "51987", id: "m1", type: "text" },
        { from_user_id: "BR.2", id: "m2", type: "text" },
        { from: "999", id: "m3", type: "text" },
        { from: "51987", from_user_id: "PE.9", id: "m4", type: "text" },
      ],
      { contacts },
    );
    expect(messages.map(({ from, fromUserId, profileName }) => [from, fromUserId, profileName])).toEqual([
      ["51987", "PE.1", "Ana"],
      ["551", "BR.2", null],
      ["999", null, null],
      ["51987", "PE.9", "Ana"],
    ]);
  });
});

describe("who goes by another name", () => {
  const notice = (system: object, fields: object = {}) =>
    parse([{ id: "m1", type: "system", system, ...fields }]).identityChanges;

  it("is read from the end of Meta's words, never from a name that somebody chose", () => {
    const type = "user_changed_user_id";
    const spoof = "User x changed from PE.VICTIM to PE.NEW changed from PE.OLD to PE.NEW";
    expect(notice({ type, body: spoof, user_id: "PE.NEW" })[0]?.userId.previous).toBe("PE.OLD");
    for (const body of [
      "User changed from PE.OLD to PE.OTHER",
      "User changed from PE.VICTIM to PE.NEW, says Ana",
      "changed from to PE.NEW",
    ]) {
      expect(notice({ type, body, user_id: "PE.NEW" })[0]?.userId).toEqual({
        previous: null,
        current: "PE.NEW",
      });
    }
  });

  it("is nobody when nothing is new, and when it is no notice of Meta's", () => {
    expect(notice({ type: "customer_identity_changed", customer: "51987", wa_id: "51987" })).toEqual([]);
    expect(notice({ type: "user_changed_number", wa_id: "51987" }, { from: "+51 987" })).toEqual([]);
    expect(notice({ wa_id: "51999" }, { from: "51987", type: "text" })).toEqual([]);
    expect(notice({ wa_id: "51999" }, { from: "51987" })).toHaveLength(1);
  });
});
