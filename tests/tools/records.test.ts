import { createHmac } from "node:crypto";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { startCompanyApi } from "../../fakes/company-api.ts";
import { listen, stopListening } from "../../host/server/listen.ts";
import { recordsAt as ordersAt } from "./order-records.ts";

const ANA = { phone: "51987654321", waUserId: null };
const NOW_MS = Date.UTC(2026, 2, 6);
const never = new AbortController().signal;

function recordsAt(baseUrl: string, more: Parameters<typeof ordersAt>[1] = {}) {
  const slept: number[] = [];
  const clock = {
    now: () => NOW_MS,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  return { slept, records: ordersAt(baseUrl, { clock, ...more }) };
}

async function demo() {
  const api = await startCompanyApi({ secret: "shared", now: () => NOW_MS });
  onTestFinished(api.close);
  return api;
}

/** A system that answers everything with `body`, and what it was sent. */
async function answering(body: string, init: ResponseInit = {}) {
  const received: { url: string; signature: string; body: string }[] = [];
  const app = new Hono().all("*", async (context) => {
    const signature = context.req.header("x-chasqui-signature") ?? "";
    received.push({ url: context.req.url, signature, body: await context.req.text() });
    return new Response(body, init);
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  onTestFinished(() => stopListening(server));
  return { url, received };
}

describe("asking the company's system", () => {
  it("brings the customer's own order, with dates as days", async () => {
    const { url } = await demo();
    const [order] = await recordsAt(url).records.orders(ANA, "1042", never);
    expect(order).toMatchObject({
      number: "1042",
      placedOn: "2026-03-03",
      expectedOn: "2026-03-08",
      carrier: "Olva Courier",
    });
    expect(order).not.toHaveProperty("customer");
  });

  it("signs time and body, and keeps the phone out of the address", async () => {
    const { url, received } = await answering('{"orders":[]}');
    await recordsAt(`${url}/api/`).records.orders(ANA, null, never);
    const body = '{"customer":{"phone":"51987654321","user_id":null},"number":null}';
    const time = NOW_MS / 1000;
    const digest = createHmac("sha256", "shared").update(`${time}.${body}`).digest("hex");
    expect(received).toEqual([
      { url: `${url}/api/orders/search`, signature: `t=${time},v1=${digest}`, body },
    ]);
  });

  it("is refused with another secret, or a clock that is far off", async () => {
    const { url } = await demo();
    const clock = { now: () => NOW_MS - 301_000, sleep: async () => undefined };
    for (const more of [{ secret: "other" }, { clock }])
      await expect(recordsAt(url, more).records.orders(ANA, null, never)).rejects.toMatchObject({
        code: "http_401",
      });
  });

  it.each([429, 502, 503, 504])("asks once more after %d", async (status) => {
    const api = await demo();
    api.setFault((_, n) => (n === 1 ? { status } : null));
    const { records, slept } = recordsAt(api.url);
    expect(await records.orders(ANA, "1042", never)).toHaveLength(1);
    expect(slept).toEqual([150]);
  });

  it("waits as long as it is told before asking again, within bounds", async () => {
    const api = await demo();
    const { records, slept } = recordsAt(api.url);
    for (const [seconds, waitedMs] of [
      ["0.5", 500],
      ["60", 1000],
      ["soon", 150],
    ] as const) {
      let n = 0;
      api.setFault(() => (++n === 1 ? { status: 503, headers: { "retry-after": seconds } } : null));
      await records.orders(ANA, "1042", never);
      expect(slept.pop()).toBe(waitedMs);
    }
  });

  it("asks once more when the connection fails, and then says so", async () => {
    const { records, slept } = recordsAt("http://127.0.0.1:1");
    await expect(records.orders(ANA, null, never)).rejects.toMatchObject({ code: "connection" });
    expect(slept).toEqual([150]);
  });

  it.each([
    [400, "http_400"],
    [401, "http_401"],
    [404, "http_404"],
    [500, "http_500"],
    [302, "redirect"],
  ])("does not ask again after %d", async (status, code) => {
    const { url, received } = await answering("", { status, headers: { location: "http://127.0.0.1:1/" } });
    await expect(recordsAt(url).records.orders(ANA, null, never)).rejects.toMatchObject({ code });
    expect(received).toHaveLength(1);
  });

  it("gives up on a system that does not answer, and when the turn is over", async () => {
    const api = await demo();
    let asked = 0;
    api.setFault(() => {
      asked++;
      return { hang: true };
    });
    const { records } = recordsAt(api.url, { timeoutMs: 300 });
    await expect(records.orders(ANA, null, never)).rejects.toMatchObject({ code: "timeout" });
    expect(asked).toBe(1);
    const ended = AbortSignal.abort();
    await expect(recordsAt(api.url).records.orders(ANA, null, ended)).rejects.toMatchObject({
      code: "timeout",
    });
  });

  it.each([
    ["no JSON", "<html>"],
    ["another shape", '{"orders":[{"number":"1"}]}'],
    [
      "a script for a link",
      JSON.stringify({
        orders: [
          {
            number: "1",
            status: "x",
            placedOn: "",
            items: [],
            total: "",
            trackingUrl: "javascript:alert(1)",
          },
        ],
      }),
    ],
    [
      "endless text",
      JSON.stringify({
        orders: [{ number: "1".repeat(400), status: "x", placedOn: "", items: [], total: "" }],
      }),
    ],
  ])("refuses an answer with %s", async (_case, body) => {
    const { url } = await answering(body);
    await expect(recordsAt(url).records.orders(ANA, null, never)).rejects.toMatchObject({
      code: "invalid_answer",
    });
  });

  it("reads no more than 256 KB", async () => {
    const { url } = await answering(" ".repeat(300_000));
    await expect(recordsAt(url).records.orders(ANA, null, never)).rejects.toMatchObject({
      code: "too_large",
    });
  });

  it("takes null for what is not known", async () => {
    const order = {
      number: "1",
      status: "x",
      placedOn: "2026-01-01",
      items: [],
      total: "1",
      carrier: null,
      trackingUrl: null,
    };
    const { url } = await answering(JSON.stringify({ orders: [order], extra: 1 }));
    expect(await recordsAt(url).records.orders(ANA, null, never)).toMatchObject([{ number: "1" }]);
  });
});
