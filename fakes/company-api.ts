import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { z } from "zod";
import { listen, stopListening } from "../host/server/listen.ts";
import { signConnectorBody } from "../lib/adapters/company.ts";

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
  customer: z.object({ phone: z.string().nullable(), user_id: z.string().nullable() }),
  number: z.string().nullable(),
});

type StoredOrder = z.infer<typeof storedSchema>[number];

/** What the company's system does instead of answering. */
export type CompanyApiFault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | { hang: true };

/** The demo company's own system on loopback. */
export interface CompanyApi {
  port: number;
  url: string;
  /** The bodies asked with a valid signature, in order. */
  requests: z.infer<typeof questionSchema>[];
  /** Called with the count of requests so far, from 1. */
  setFault(fault: ((n: number) => CompanyApiFault | null) | null): void;
  close(): Promise<void>;
}

/** Serves `orders.json` by the connector protocol of docs/connector.md: each customer sees their own orders only. */
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
  let fault: ((n: number) => CompanyApiFault | null) | null = null;
  let count = 0;

  const app = new Hono();
  app.post("/orders/search", async (context) => {
    const planned = fault?.(++count) ?? null;
    if (planned && "hang" in planned) await gone(context.req.raw.signal);
    if (planned && "status" in planned) return new Response(planned.body ?? "", planned);
    const body = await context.req.text();
    const header = context.req.header("x-chasqui-signature") ?? "";
    if (!(await isSigned(body, header, options.secret, now())))
      return context.json({ error: "bad signature" }, 401);
    const question = questionSchema.parse(JSON.parse(body));
    requests.push(question);
    const theirs = orders
      .filter(
        ({ customer, number }) =>
          customer === question.customer.phone && (question.number ?? number) === number,
      )
      .sort((one, other) => one.placedDaysAgo - other.placedDaysAgo);
    return context.json({ orders: theirs.map((order) => present(order, now())) });
  });
  app.onError((_error, context) => context.json({ error: "bad request" }, 400));

  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    requests,
    setFault: (next) => {
      fault = next;
    },
    close: () => stopListening(server),
  };
}

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

function gone(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
