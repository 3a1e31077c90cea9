import * as fc from "fast-check";
import { expect, test } from "vitest";
import { validate } from "../../fakes/graph/rules/validate.ts";
import type { OutboundMessage } from "../../lib/types/outbound.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { MessageLimitError } from "../../lib/whatsapp/messages/check.ts";

/** Mostly fit to be sent; often at the limit, at times over it, empty or blank. */
const upTo = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }) },
    { weight: 5, arbitrary: fc.constantFrom("x".repeat(max), "🦙".repeat(max / 2)) },
    { weight: 1, arbitrary: fc.constantFrom("", " ", " a", "x".repeat(max + 1), "🦙".repeat(max / 2 + 1)) },
  );
const some = upTo(100);
const media = fc.oneof(fc.record({ link: fc.webUrl() }), fc.record({ id: some }));
const kind = <const Kind extends string>(name: Kind) => fc.constant(name);
const named = <T>(value: fc.Arbitrary<T>, max: number) => fc.array(value, { minLength: 1, maxLength: max });

const header = fc.oneof(
  fc.record({ type: kind("text"), text: upTo(60) }),
  fc.record({ type: fc.constantFrom("image" as const, "video" as const), media }),
  fc.record({ type: kind("document"), media, filename: some }, { requiredKeys: ["type", "media"] }),
);
const frame = { body: upTo(1024), header, footer: upTo(60) };
const framed = <Shape extends object>(
  shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> },
  body = frame.body,
) =>
  fc
    .tuple(fc.record(shape), fc.record({ ...frame, body }, { requiredKeys: ["body"] }))
    .map(([own, around]) => ({ ...own, ...around }));
const row = fc.record(
  { id: upTo(200), title: upTo(24), description: upTo(72) },
  { requiredKeys: ["id", "title"] },
);
const section = fc.record({ title: upTo(24), rows: named(row, 4) }, { requiredKeys: ["rows"] });
// A label with an emoji is the builder's to pass on: Meta's page forbids it, our fact sheet does not.
const flowLabel = upTo(30).filter((label) => !/\p{Extended_Pictographic}/u.test(label));
const card = fc.record(
  {
    name: fc.record(
      { formattedName: some, firstName: some, lastName: some },
      { requiredKeys: ["formattedName"] },
    ),
    phones: fc.array(fc.record({ phone: some })),
    emails: fc.array(fc.record({ email: some })),
    urls: fc.array(fc.record({ url: some })),
  },
  { requiredKeys: ["name"] },
);
const parameter = fc.oneof(
  fc.record({ type: kind("text"), text: upTo(60) }),
  fc.record({ type: fc.constantFrom("image" as const, "video" as const), media }),
  fc.record({ type: kind("document"), media, filename: some }, { requiredKeys: ["type", "media"] }),
  fc.record({ type: kind("payload"), payload: some }),
);
const component = fc.oneof(
  fc.record({ type: fc.constantFrom("header" as const, "body" as const), parameters: named(parameter, 2) }),
  fc.record({
    type: kind("button"),
    subType: fc.constantFrom("quick_reply" as const, "url" as const, "flow" as const, "copy_code" as const),
    index: fc.integer({ min: -1, max: 10 }),
    parameters: named(parameter, 2),
  }),
);

const anyMessage: fc.Arbitrary<OutboundMessage> = fc.oneof(
  fc.record({ kind: kind("text"), text: upTo(4096), previewUrl: fc.boolean() }),
  fc.record({
    kind: kind("reaction"),
    waMessageId: some,
    emoji: fc.oneof(some, fc.constantFrom("👍", "🇵🇪", "1️⃣", "❤️")),
  }),
  fc.record({ kind: fc.constantFrom("image" as const, "video" as const), media, caption: upTo(1024) }),
  fc.record({ kind: kind("audio"), media, voice: fc.boolean() }),
  fc.record({ kind: kind("document"), media, filename: some }, { requiredKeys: ["kind", "media"] }),
  fc.record({ kind: kind("sticker"), media }),
  fc.record({
    kind: kind("location"),
    latitude: fc.double({ min: -91, max: 91 }),
    longitude: fc.double({ min: -181, max: 181 }),
    name: some,
  }),
  fc.record({ kind: kind("contacts"), contacts: named(card, 3) }),
  fc.record({
    kind: fc.constantFrom("location_request" as const, "contact_request" as const),
    body: upTo(1024),
  }),
  framed({ kind: kind("buttons"), buttons: named(fc.record({ id: upTo(256), title: upTo(20) }), 4) }),
  framed({ kind: kind("list"), button: upTo(20), sections: named(section, 4) }, upTo(4096)),
  framed({ kind: kind("cta_url"), label: upTo(20), url: fc.webUrl() }),
  framed({
    kind: kind("flow"),
    flow: fc.oneof(fc.record({ id: some }), fc.record({ name: some })),
    label: flowLabel,
    token: some,
    screen: some,
    data: fc.dictionary(fc.string(), fc.jsonValue()),
    draft: fc.boolean(),
  }),
  fc.record(
    {
      kind: kind("template"),
      name: fc.oneof(fc.constant("order_ready_2"), some),
      languageCode: fc.constantFrom("es", "pt_BR", "en_US", "spanish"),
      components: named(component, 3),
    },
    { requiredKeys: ["kind", "name", "languageCode"] },
  ),
);

test("takes everything that the bot's builders build, whatever they are asked for", () => {
  const built = new Map<string, number>();
  fc.assert(
    fc.property(anyMessage, (message) => {
      const part = build(message);
      if (part === null) return;
      const body: unknown = JSON.parse(
        JSON.stringify({ messaging_product: "whatsapp", to: "+51987654321", ...part }),
      );
      expect(validate(body)).toMatchObject({ kind: "message" });
      built.set(message.kind, (built.get(message.kind) ?? 0) + 1);
    }),
    { numRuns: 3_000 },
  );
  // Nothing is shown by messages that were never built.
  expect(Math.min(...built.values())).toBeGreaterThan(5);
  expect(built.size).toBe(16);
});

/** Null when the builder refuses it. */
function build(message: OutboundMessage): object | null {
  try {
    return graphMessage(message);
  } catch (error) {
    if (error instanceof MessageLimitError) return null;
    throw error;
  }
}
