/** What an order system of a company's own must declare, found when the company is loaded. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { writeCompanyFolder } from "../../host/company/export.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Company } from "../../lib/types/company.ts";
import { list } from "../../scripts/tools/list.ts";

const VIA = { kind: "orders", url: `\${env:TOOL_ORDERS_URL}`, context: "TOOL_ORDERS_SECRET" };
const TOOL = { description: "Orders of the shop's own system.", via: VIA };
const PROBLEM = /tools\/orders.json:\d+ /;

let folder: string;
let demo: Required<Company>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-orders-"));
  demo = { ...(await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"))), intents: {}, tools: [] };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let folders = 0;
async function read(tools: Record<string, unknown>, intent = "") {
  const own = join(folder, String(folders++));
  await writeCompanyFolder(own, demo);
  for (const part of ["tools", "intents"]) await mkdir(join(own, part), { recursive: true });
  for (const [name, tool] of Object.entries(tools))
    await writeFile(join(own, "tools", `${name}.json`), JSON.stringify(tool, null, 2));
  if (intent !== "") await writeFile(join(own, "intents/order_status.md"), intent);
  return readCompanyFolder(own);
}

test("its input is Chasqui's own, it survives being written and read again, and the command lists it", async () => {
  const company = await read({ orders: TOOL });
  expect(company.tools).toMatchObject([{ name: "orders", via: VIA, input: { properties: { number: {} } } }]);
  const again = join(folder, "again");
  await writeCompanyFolder(again, company);
  const { tools } = await readCompanyFolder(again);
  expect(tools).toEqual(company.tools);
  const owner = () => Promise.reject(new Error("no secret is named"));
  expect(await list({ tools, isStored: false, owner })).toBe(
    `orders  order system \${env:TOOL_ORDERS_URL} (reads) · not set: TOOL_ORDERS_URL, TOOL_ORDERS_SECRET`,
  );
});

test.each<[string, object, RegExp]>([
  ["requests that are not signed", { via: { ...VIA, context: "none" } }, /"via.context" is neither the name/],
  [
    "requests signed by the deployment's secret",
    { via: { kind: "orders", url: VIA.url } },
    /"via.context" is neither .* signed by a secret of this system alone/,
  ],
  [
    "a query in its address",
    { via: { ...VIA, url: "https://shop.example/api?x=1" } },
    /"via.url" has a \?query: \/orders\/search is appended to it/,
  ],
  [
    "a secret in the file",
    { via: { ...VIA, context: "hush" } },
    /"via.context" is neither the name of a variable that begins with TOOL_/,
  ],
  [
    "another variable",
    { via: { ...VIA, url: `\${env:POSTGRES_URL}` } },
    /"via.url" is not an absolute address/,
  ],
  [
    "a field in its address",
    { via: { ...VIA, url: "https://shop.example/{number}" } },
    /"via.url" has a \{field\}: the input of an order system goes into the body alone/,
  ],
  ["headers", { via: { ...VIA, headers: { "x-key": "1" } } }, /"via" .*headers/],
  [
    "an effect",
    { effect: { ask: { es: "¿Pido?" }, done: { es: "Listo" } } },
    /"effect" is not possible: orders are only read; take it out/,
  ],
  ["carts", { takes: "order", effect: { ask: { es: "¿?" }, done: { es: "Sí" } } }, /"takes" is not possible/],
  ["an answer", { answer: { pick: { number: "/n" } } }, /"answer" is that of docs\/connector.md/],
  [
    "an input that names a customer",
    { input: { type: "object", properties: { phone: { type: "string" } } } },
    /"input" is that of docs\/connector.md for an order system: take it out/,
  ],
])("%s are refused with file, line and fix", async (_what, part, problem) => {
  await expect(read({ orders: { ...TOOL, ...part } })).rejects.toThrow(PROBLEM);
  await expect(read({ orders: { ...TOOL, ...part } })).rejects.toThrow(problem);
});

test("there is one, and lookup reads it: no intent names it", async () => {
  await expect(read({ orders: TOOL, purchases: TOOL })).rejects.toThrow(
    /purchases.json:\d+ "via.kind" is there once: another tool is the order system/,
  );
  await expect(read({ orders: TOOL }, "---\ntools: [orders, handoff]\n---\n")).rejects.toThrow(
    /names "orders", the order system, which lookup reads: write lookup/,
  );
});
