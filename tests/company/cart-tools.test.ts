/** What a tool that takes carts must declare, found when a company is loaded. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { writeCompanyFolder } from "../../host/company/export.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Company } from "../../lib/types/company.ts";

const TOOL = {
  description: "Places the order of a cart.",
  via: { kind: "http", method: "POST", url: "https://shop.example/orders" },
  effect: {
    ask: { es: "¿Pido {lines} productos por {total} {currency}?" },
    done: { es: "Listo: {answer.number}" },
  },
  takes: "order",
};

let folder: string;
let demo: Required<Company>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-carts-"));
  demo = { ...(await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"))), intents: {}, tools: [] };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let folders = 0;
async function read(tools: Record<string, unknown>, intents: Record<string, string> = {}) {
  const own = join(folder, String(folders++));
  await writeCompanyFolder(own, demo);
  await mkdir(join(own, "tools"), { recursive: true });
  await mkdir(join(own, "intents"), { recursive: true });
  for (const [name, tool] of Object.entries(tools))
    await writeFile(join(own, "tools", `${name}.json`), JSON.stringify(tool, null, 2));
  for (const [name, text] of Object.entries(intents))
    await writeFile(join(own, "intents", `${name}.md`), text);
  return readCompanyFolder(own);
}

test("its input is filled in, and it survives being written and read again", async () => {
  const company = await read({ place_order: TOOL });
  const tool = company.tools.find(({ name }) => name === "place_order");
  expect(tool).toMatchObject({
    takes: "order",
    input: { required: expect.arrayContaining(["items", "total"]) },
  });
  const again = join(folder, "again");
  await writeCompanyFolder(again, company);
  expect((await readCompanyFolder(again)).tools).toEqual(company.tools);
});

const { effect: _none, ...withoutEffect } = TOOL;
test.each<[string, object, RegExp]>([
  [
    "an input of its own",
    { ...TOOL, input: { type: "object" } },
    /"input" is filled in from the customer's cart: take it out/,
  ],
  ["no effect", withoutEffect, /"effect" is missing: "takes": "order" is done when the customer confirms/],
  ["another message", { ...TOOL, takes: "voice" }, /"takes" can only be "order"/],
  [
    "a field that no cart has for sure",
    { ...TOOL, effect: { ...TOOL.effect, ask: { es: "¿{note}?" } } },
    /"effect.ask.es" names \{note\}: of a cart there are \{lines\}, \{pieces\}, \{total\}, \{currency\}/,
  ],
])("%s is refused with its file, line and fix", async (_what, tool, problem) => {
  await expect(read({ place_order: tool })).rejects.toThrow(/tools\/place_order.json:\d+/);
  await expect(read({ place_order: tool })).rejects.toThrow(problem);
});

test("only one tool takes carts, and no intent names it", async () => {
  await expect(read({ place_order: TOOL, place_other: TOOL })).rejects.toThrow(
    /place_other.json:\d+ "takes" is there once/,
  );
  const intent = "---\ntools: [lookup, place_order, handoff]\n---\n";
  await expect(read({ place_order: TOOL }, { order_status: intent })).rejects.toThrow(
    /"place_order", which takes carts without a model/,
  );
});
