import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadCompany } from "../../db/company.ts";
import {
  DEMO_COMPANIES,
  type DemoCompany,
  type RunningSystem,
  SHOP,
  startCompanySystem,
} from "../../fakes/companies/companies.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { dateWords } from "../../lib/language/acts.ts";
import type { Language } from "../../lib/types/company.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

/** What a customer says (a text, a tap on a button of the last message, or a cart: how many of each product) and hears; `{day}` is a Wednesday to come, `{date}` the same in words, `{code}` the last one told. */
const cartSchema = z.strictObject({ cart: z.record(z.string(), z.int()) });
const conversationSchema = z.strictObject({
  says: z.array(z.union([z.string(), z.strictObject({ tap: z.int() }), cartSchema])),
  hears: z.array(z.unknown()).default([]),
});
type Conversation = z.output<typeof conversationSchema>;

/** `UPDATE_GOLDEN=1` writes what was heard into the files, for somebody to read. */
const UPDATE = process.env.UPDATE_GOLDEN === "1";
const FOLDER = join(import.meta.dirname, "companies");
const SECRET = "test-company-secret-0123456789";

const DAY_MS = 86_400_000;
const WEDNESDAY = 3;

/** A Wednesday, at least two days ahead, so that no time zone makes it today; another one for each language: none books what another sees. */
function dayOf(language: string): string {
  const first = new Date(Date.now() + (2 + 7 * ["en", "es", "pt"].indexOf(language)) * DAY_MS);
  const toWednesday = (WEDNESDAY - first.getUTCDay() + 7) % 7;
  return new Date(first.getTime() + toWednesday * DAY_MS).toISOString().slice(0, 10);
}

const CODE = /\b[CMP]-\d{4}\b/g;

/** What is said, by what was heard before. */
const fill = (text: string, day: string, before: string): string =>
  text.replaceAll("{day}", day).replaceAll("{code}", before.match(CODE)?.at(-1) ?? "no code");

/** What was sent, as far as it does not change from one day to the next. */
const heard = (
  { type, body }: { type: string; body: Record<string, unknown> },
  { day, language }: { day: string; language: Language },
): unknown =>
  JSON.parse(
    JSON.stringify(type === "text" ? (body.text as { body: string }).body : body[type])
      .replaceAll(day, "{day}")
      .replaceAll(dateWords(day, language) ?? day, "{date}")
      .replace(CODE, "{code}")
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{act}"),
  );

const buttonsSchema = z.looseObject({
  action: z.object({ buttons: z.array(z.object({ reply: z.unknown() })) }),
});

async function tap(customer: Customer, button: number): Promise<void> {
  const last = customer.replies().at(-1);
  const shown = buttonsSchema.safeParse(last?.body.interactive).data?.action.buttons[button];
  if (!shown) throw new Error(`no button ${button} under ${JSON.stringify(last?.body)}`);
  const interactive = { type: "button_reply", button_reply: shown.reply };
  const context = { from: "15550001111", id: last?.waMessageId };
  await customer.send("", { type: "interactive", text: undefined, interactive, context });
}

async function sendCart(
  customer: Customer,
  { cart }: z.output<typeof cartSchema>,
  catalog: DemoCompany["catalog"],
): Promise<void> {
  const product_items = Object.entries(cart).map(([id, quantity]) => {
    const product = catalog.find((one) => one.id === id);
    if (!product) throw new Error(`no product ${id}`);
    const { price: item_price, currency } = product;
    return { product_retailer_id: id, quantity, item_price, currency };
  });
  await customer.send("", { type: "order", text: undefined, order: { catalog_id: "440011", product_items } });
}

async function play(
  world: World,
  { language, catalog }: { language: Language; catalog: DemoCompany["catalog"] },
  { says }: Conversation,
): Promise<unknown[]> {
  const customer = world.customer(PHONES[language] ?? "");
  const day = dayOf(language);
  for (const said of says) {
    await (typeof said === "string"
      ? customer.send(fill(said, day, JSON.stringify(customer.replies().map(({ body }) => body))))
      : "cart" in said
        ? sendCart(customer, said, catalog)
        : tap(customer, said.tap));
    await world.drain();
  }
  return customer.replies().map((sent) => heard(sent, { day, language }));
}

/** Of countries where the language is spoken. */
const PHONES: Readonly<Record<string, string>> = {
  en: "12125550111",
  es: "573001234567",
  pt: "5511987654321",
};

const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));

describe.each(["clinic", "restaurant"])("%s", (company) => {
  let world: World;
  let system: RunningSystem;
  const demo = DEMO_COMPANIES[company] ?? SHOP;
  beforeAll(async () => {
    if (!demo.system) throw new Error(`${company} has no system`);
    system = await startCompanySystem(demo.system, { secret: SECRET, now: Date.now });
    const patient = { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000", INTENT_FAST_PATH: "on" };
    world = await startWorld({
      env: { ...patient, ...system.variables, COMPANY_API_URL: undefined },
      withoutCompany: true,
    });
    const folder = await readCompanyFolder(join(PROJECT_DIRECTORY, demo.folder));
    await loadCompany({ sql: world.sql }, WORLD.phoneNumberId, folder);
  });
  afterAll(async () => {
    await world.close();
    await system.close();
  });

  test.each(names.filter((name) => name.startsWith(`${company}-`)))("%s", async (name) => {
    const file = join(FOLDER, `${name}.json`);
    const conversation = conversationSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const language = name.slice(-2) as Language;
    const hears = await play(world, { language, catalog: demo.catalog }, conversation);
    if (UPDATE) writeFileSync(file, `${JSON.stringify({ says: conversation.says, hears }, null, 2)}\n`);
    else expect(hears).toEqual(conversation.hears);
    expect(world.errors).toEqual([]);
  });
});

test("each company has a conversation in each language", () => {
  const wanted = ["clinic", "restaurant"].flatMap((company) =>
    ["en", "es", "pt"].map((code) => `${company}-${code}`),
  );
  expect(names.toSorted()).toEqual(wanted);
});
