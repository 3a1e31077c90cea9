import { readFile } from "node:fs/promises";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { listen, stopListening } from "../host/server/listen.ts";
import { signConnectorBody } from "../lib/crypto/sign-body.ts";
import { spellingsOf } from "../lib/phone/spellings.ts";
import { takeCarts } from "./companies/carts.ts";
import { SHOP_PRODUCTS } from "./companies/catalogs.ts";
import { signedBy, type Verified } from "./companies/signed.ts";
import { createFaultPlan, createFaultPlayer, type FaultRule } from "./faults/faults.ts";

const DAY_MS = 86_400_000;
const FRESH_S = 300;
const SIGNATURE = /^t=(\d{1,12}),v1=[0-9a-f]{64}$/;

const storedSchema = z.array(
  z.strictObject({
    customer: z.string(),
    number: z.string(),
    status: z.string(),
    placedDaysAgo: z.number(),
    items: z.array(z.object({ name: z.string(), quantity: z.number() })),
    total: z.string(),
    carrier: z.string().optional(),
    trackingUrl: z.string().optional(),
    expectedInDays: z.number().optional(),
  }),
);
const questionSchema = z.object({
  customer: z.object({
    phone: z.string().nullable(),
    user_id: z.string().nullable(),
    /** Every spelling of the phone, when there are several. */
    phones: z.array(z.string()).optional(),
  }),
  number: z.string().nullable(),
});

const addressSchema = z.object({ address: z.string().min(1).max(500) });
/** Orders in these states are still at the shop. */
const CHANGEABLE: ReadonlySet<string> = new Set(["paid", "preparing"]);

type StoredOrder = z.infer<typeof storedSchema>[number];
type CompanyRequest = z.infer<typeof questionSchema>;

/** A running stand-in for the company's own system. */
export interface CompanyApi {
  port: number;
  url: string;
  /** Bodies of requests with a valid signature, in order. */
  requests: CompanyRequest[];
  /** Addresses to which orders were redirected, by order number. */
  addresses: ReadonlyMap<string, string>;
  /** Makes requests fail by a rule on their body, until another rule or null is set. */
  setFault(rule: FaultRule<string> | null): void;
  close(): Promise<void>;
}

/** Serves `orders.json` with the connector protocol of docs/connector.md; customers see only their own orders. */
export async function startCompanyApi(options: {
  secret: string;
  port?: number;
  /** The demo company's by default; dates in it are days from `now`. */
  ordersFile?: string | URL;
  now?: () => number;
}): Promise<CompanyApi> {
  const now = options.now ?? Date.now;
  const file = options.ordersFile ?? new URL("../demo/orders.json", import.meta.url);
  const orders = storedSchema.parse(JSON.parse(await readFile(file, "utf8")));
  const requests: CompanyApi["requests"] = [];
  const stopping = new AbortController();
  const faults = createFaultPlan<string>();
  const player = createFaultPlayer(stopping.signal);
  const addresses = new Map<string, string>();
  const app = new Hono<{ Bindings: HttpBindings } & Verified>();
  app.post("/orders/search", async (context) => {
    const body = await context.req.text();
    return player.around(faults.next(body), context.env.incoming, async () => {
      const header = context.req.header("x-chasqui-signature") ?? "";
      if (!(await isSigned(body, header, options.secret, now())))
        return context.json({ error: "bad signature" }, 401);
      const question = questionSchema.parse(JSON.parse(body));
      requests.push(question);
      return context.json({ orders: ordersFor(question, orders).map((order) => present(order, now())) });
    });
  });
  takeAddresses(app, { ...options, now }, { orders, addresses });
  placeOrders(app, { ...options, now }, orders);
  app.onError((_error, context) => context.json({ error: "bad request" }, 400));

  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    requests,
    addresses,
    setFault: faults.set,
    close() {
      stopping.abort();
      return stopListening(server);
    },
  };
}

/** A customer's change of the address of an order of theirs; the same change again is the same. */
function takeAddresses(
  app: Hono<{ Bindings: HttpBindings } & Verified>,
  { secret, now }: { secret: string; now: () => number },
  { orders, addresses }: { orders: readonly StoredOrder[]; addresses: Map<string, string> },
): void {
  app.use("/orders/:number/address", signedBy(secret, now));
  app.put("/orders/:number/address", async (context) => {
    const { address } = addressSchema.parse(await context.req.json());
    const phone = context.get("customer");
    const customer = { phone, user_id: null, phones: spellingsOf(phone) };
    const [order] = ordersFor({ customer, number: context.req.param("number") }, orders);
    if (!order) return context.json({ error: "no such order" }, 404);
    if (!CHANGEABLE.has(order.status)) return context.json({ error: "already sent" }, 409);
    addresses.set(order.number, address);
    return context.json({ number: order.number, address });
  });
}

/** Orders that customers place with carts; from then on they are asked about like any other. */
function placeOrders(
  app: Hono<{ Bindings: HttpBindings } & Verified>,
  { secret, now }: { secret: string; now: () => number },
  orders: StoredOrder[],
): void {
  const take = takeCarts({
    products: SHOP_PRODUCTS,
    code: (nth) => String(1100 + nth),
    onPlaced: ({ code, customer, items, total }) =>
      void orders.push({
        ...{ customer, number: code, status: "preparing", placedDaysAgo: 0, items },
        total: `S/ ${total}`,
      }),
  });
  app.post("/orders", signedBy(secret, now), take);
}

/** The customer's own orders, newest first; one order when the question names a number. */
function ordersFor({ customer, number }: CompanyRequest, orders: readonly StoredOrder[]): StoredOrder[] {
  const phones = customer.phones ?? [customer.phone];
  return orders
    .filter((order) => phones.includes(digitsOf(order.customer)) && (number ?? order.number) === order.number)
    .sort((one, other) => one.placedDaysAgo - other.placedDaysAgo);
}

/** A phone as the company wrote it, e.g. `+52 55 7778 8899`, in digits. */
const digitsOf = (phone: string): string => phone.replace(/\D/g, "");

async function isSigned(body: string, header: string, secret: string, nowMs: number): Promise<boolean> {
  const timeS = Number(SIGNATURE.exec(header)?.[1] ?? Number.NaN);
  if (!(Math.abs(nowMs / 1000 - timeS) <= FRESH_S)) return false;
  return header === (await signConnectorBody(body, secret, timeS));
}

function present({ customer, placedDaysAgo, expectedInDays, ...order }: StoredOrder, nowMs: number) {
  const day = (daysAhead: number) => new Date(nowMs + daysAhead * DAY_MS).toISOString().slice(0, 10);
  return {
    ...order,
    placedOn: day(-placedDaysAgo),
    ...(expectedInDays === undefined ? {} : { expectedOn: day(expectedInDays) }),
  };
}
