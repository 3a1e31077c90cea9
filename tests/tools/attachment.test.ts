import { expect, it } from "vitest";
import { returned } from "../../lib/turn/outgoing/returned.ts";
import { createAttachment } from "../../tools/attachment.ts";
import { toolContext } from "./context.ts";

type Input = { kind: "picture" | "file" | "page"; url: string; title?: string };

async function attach(input: Input, language: "es" | "en" | "pt" = "es") {
  const context = toolContext({ language, hasReturned: () => true });
  const answer = await createAttachment(context).execute?.(input, { toolCallId: "1", messages: [] });
  return { answer, offers: context.offers };
}

it.each<[string, Input, object]>([
  [
    "the title with the address's ending",
    { kind: "file", url: "https://a.example/x.pdf", title: "Factura 12" },
    { filename: "Factura 12.pdf" },
  ],
  [
    "the address's own name",
    { kind: "file", url: "https://a.example/menu.pdf?v=2" },
    { filename: "menu.pdf" },
  ],
  [
    "no path in a name",
    { kind: "file", url: "https://a.example/x.pdf", title: "../a/b:c" },
    { filename: ".. a b c.pdf" },
  ],
  [
    "a label that fits",
    { kind: "page", url: "https://a.example/", title: "Rastrear pedido" },
    { label: "Rastrear pedido" },
  ],
  [
    "our label for one that does not",
    { kind: "page", url: "https://a.example/", title: "Rastrear el pedido 1042" },
    { label: "Abrir" },
  ],
  [
    "a picture without an ending",
    { kind: "picture", url: "https://a.example/p/7" },
    { link: "https://a.example/p/7" },
  ],
])("sends %s", async (_what, input, offer) => {
  const { offers } = await attach(input);
  expect(offers).toEqual([expect.objectContaining({ kind: input.kind, ...offer })]);
});

it.each<[string, Input]>([
  ["a WebP as a picture", { kind: "picture", url: "https://a.example/p.webp" }],
  ["plain http", { kind: "page", url: "http://a.example/" }],
  ["what is no address", { kind: "page", url: "javascript:alert(1)" }],
  ["an endless address", { kind: "page", url: `https://a.example/${"a".repeat(3_000)}` }],
])("refuses %s", async (_what, input) => {
  const { answer, offers } = await attach(input);
  expect(offers).toEqual([]);
  expect(answer).toMatchObject({ error: expect.any(String) });
});

it.each<[string, string, boolean]>([
  ["a field", "https://a.example/1?k=2", true],
  ["a text, before its full stop", "https://b.example/x.jpg", true],
  ["a Markdown link", "https://c.example/y", true],
  ["a part of an address", "https://a.example/1", false],
  ["another host", "https://a.example.evil/1?k=2", false],
])("knows an address of %s", (_what, url, expected) => {
  const output = {
    link: "https://a.example/1?k=2",
    passages: [{ text: "Mira https://b.example/x.jpg. O [aquí](https://c.example/y)." }],
  };
  expect(returned([{ output }], url)).toBe(expected);
});
