/** Carts that customers send from the catalogue, handed over to the company's system once they confirm. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { CART_INPUT } from "../../lib/tools/check/cart.ts";
import type { DeclaredTool, Effect } from "../../lib/types/tools/declared.ts";
import type { Customer } from "../support/customer.ts";
import { type ActWorld, startActWorld, tap } from "./support.ts";

const EFFECT: Effect = {
  ask: {
    es: "¿Hago el pedido: {lines} productos, {pieces} piezas, {total} {currency} en total?",
    en: "Shall I place the order: {lines} products, {pieces} pieces, {total} {currency} in all?",
    pt: "Faço o pedido: {lines} produtos, {pieces} peças, {total} {currency} no total?",
  },
  done: {
    es: "Listo, tu pedido es el {answer.number}.",
    en: "Done, your order is {answer.number}.",
    pt: "Pronto, seu pedido é o {answer.number}.",
  },
};

let own: ActWorld;
let receiver: DeclaredTool;
let people = 0;
beforeAll(async () => {
  own = await startActWorld({ env: { REPLY_OVERLAP: "off" } });
  receiver = {
    name: "place_order",
    description: "Places the order of a cart.",
    input: CART_INPUT,
    via: { kind: "http", method: "POST", url: own.system.url },
    timeoutMs: 1_000,
    effect: EFFECT,
    takes: "order",
  };
  await own.declare([own.tool, receiver]);
});
afterAll(() => own.close());

const shopper = (prefix = "5191701") => own.world.customer(`${prefix}${1000 + people++}`);

const item = (more: object = {}) => ({
  ...{ product_retailer_id: "di9ozbzfi4", quantity: 3, item_price: 0.1, currency: "USD" },
  ...more,
});
const cart = (product_items: object[], text = "") => ({
  type: "order",
  order: { catalog_id: "194836987003835", text, product_items },
});
const GOOD = cart([item(), item({ product_retailer_id: "nqryix03ez", quantity: 1, item_price: 25 })]);

const buttonOf = (customer: Customer) =>
  /act:([0-9a-f-]{36}):yes/.exec(JSON.stringify(customer.replies().at(-1)?.body))?.[1] ?? "";

const handoffOf = async ({ phone }: Customer) => {
  const [row] = await own.world.sql<{ reason: string; summary: string }>`
    select h.reason, h.summary from handoffs h join conversations c on c.id = h.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone}`;
  return row ?? null;
};

test.each([
  ["es", "5191701", /2 productos, 4 piezas, 25\.30 USD en total/, /Listo, tu pedido es el R-/],
  ["en", "1415555", /2 products, 4 pieces, 25\.30 USD in all/, /Done, your order is R-/],
  ["pt", "5511987", /2 produtos, 4 peças, 25\.30 USD no total/, /Pronto, seu pedido é o R-/],
])(
  "%s: a cart is asked about with its exact total, and handed over once by the customer's tap",
  async (_language, prefix, question, done) => {
    const ana = shopper(prefix);
    const asked = own.world.model.requests.length;
    const calls = own.system.calls.length;
    await ana.send("", GOOD);
    await own.world.drain();
    expect(JSON.stringify(ana.replies().at(-1)?.body)).toMatch(question);
    expect(own.system.calls).toHaveLength(calls);
    const id = buttonOf(ana);
    const same = tap(id);
    await Promise.all(Array.from({ length: 10 }, () => ana.send("", same)));
    await own.world.drain();
    expect(ana.replies()).toHaveLength(2);
    expect(ana.replies()[1]?.text).toMatch(done);
    expect(own.world.model.requests).toHaveLength(asked);
    expect(own.system.effects.get(`act-${id}`)).toBe(1);
    expect(own.system.calls.at(-1)?.body).toEqual({
      items: [
        { id: "di9ozbzfi4", quantity: 3, price: "0.10", currency: "USD" },
        { id: "nqryix03ez", quantity: 1, price: "25.00", currency: "USD" },
      ],
      ...{ lines: 2, pieces: 4, total: "25.30", currency: "USD", catalog: "194836987003835" },
    });
  },
);

test("the customer's note goes along; a currency without decimals has none", async () => {
  const ana = shopper();
  await ana.send("", cart([item({ item_price: 4990, currency: "CLP" })], "para regalo"));
  await own.world.drain();
  expect(JSON.stringify(ana.replies().at(-1)?.body)).toContain("14970 CLP");
  await ana.send("", tap(buttonOf(ana)));
  await own.world.drain();
  expect(own.system.calls.at(-1)?.body).toMatchObject({ total: "14970", note: "para regalo" });
});

test.each<[string, object, RegExp]>([
  ["two currencies", cart([item(), item({ currency: "MXN" })]), /más de una moneda/],
  ["an absurd quantity", cart([item({ quantity: 1e9 })]), /cantidad/],
  ["half a piece", cart([item({ quantity: 0.5 })]), /cantidad/],
  ["a quantity below one", cart([item({ quantity: -2 })]), /cantidad/],
  ["no price", cart([item({ item_price: null })]), /no puedo procesarlo/],
  ["no product", cart([item({ product_retailer_id: "" })]), /no puedo procesarlo/],
  ["too many lines", cart(Array.from({ length: 101 }, () => item())), /demasiado grande/],
  ["more lines than are kept", cart(Array.from({ length: 2_000 }, () => item())), /demasiado grande/],
  ["a huge text", cart([item()], "x".repeat(20_000)), /demasiado grande/],
])("%s: a clear answer, and a person has the cart", async (_what, order, words) => {
  const ana = shopper();
  const calls = own.system.calls.length;
  await ana.send("", { ...order });
  await own.world.drain();
  expect(ana.replies().at(-1)?.text).toMatch(words);
  expect(ana.replies().at(-1)?.text).toMatch(/una persona del equipo ya tiene tu carrito/);
  expect(await handoffOf(ana)).toMatchObject({ reason: "not_able" });
  expect(own.system.calls).toHaveLength(calls);
});

test("an empty cart is answered, and nobody is called", async () => {
  const ana = shopper();
  await ana.send("", cart([], ""));
  await own.world.drain();
  expect(ana.replies().at(-1)?.text).toMatch(/llegó vacío/);
  expect(await handoffOf(ana)).toBeNull();
});

test("a cart and a question in one burst: both are answered, and the cart's question stands above its buttons", async () => {
  const ana = await own.newcomer();
  const { sql } = own.world;
  const held = sql`update conversations set lease_expires_at = clock_timestamp() + interval '30 seconds'
    where customer_id = (select id from customers where phone = ${ana.phone})`;
  await held;
  const before = ana.replies().length;
  await ana.send("", GOOD);
  await ana.send("¿hacen envíos a Puno?");
  await own.world.drain();
  await sql`update conversations set lease_expires_at = null
    where customer_id = (select id from customers where phone = ${ana.phone})`;
  await sql`update conversations set unread_since = clock_timestamp() - interval '1 minute' where received_seq > answered_seq`;
  await own.world.resume();
  await own.world.drain();
  const words = JSON.stringify(
    ana
      .replies()
      .slice(before)
      .map(({ text, body }) => text ?? body),
  );
  expect(words).toMatch(/enviamos.*25\.30 USD/s);
  await ana.send("", tap(buttonOf(ana)));
  await own.world.drain();
  expect(ana.replies().at(-1)?.text).toMatch(/tu pedido es el R-/);
});

test("above the company's limit an operator must approve: the total counts as a number", async () => {
  const effect: Effect = { ...EFFECT, approval: { field: "total", above: 25 } };
  await own.declare([{ ...receiver, effect }]);
  const ana = shopper();
  await ana.send("", GOOD);
  await own.world.drain();
  await ana.send("", tap(buttonOf(ana)));
  await own.world.drain();
  expect(ana.replies().at(-1)?.text).toMatch(/tiene que aprobarlo/);
  const eva = shopper();
  await eva.send("", cart([item()]));
  await own.world.drain();
  await eva.send("", tap(buttonOf(eva)));
  await own.world.drain();
  expect(eva.replies().at(-1)?.text).toMatch(/tu pedido es el R-/);
});

test("a company without a receiver has a cart answered like any other message", async () => {
  await own.declare([own.tool]);
  const ana = shopper();
  const asked = own.world.model.requests.length;
  await ana.send("", GOOD);
  await own.world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(own.world.model.requests.length).toBeGreaterThan(asked);
});
