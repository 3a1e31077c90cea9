import { afterEach, describe, expect, it } from "vitest";
import { createLog } from "../../lib/telemetry/log.ts";
import type { Channel, Outbound } from "../../lib/types/channel.ts";
import type { OpenWindow } from "../../lib/types/conversation.ts";
import { createWhatsAppClient, type WhatsAppClientOptions } from "../../lib/whatsapp/outbound/client.ts";
import { accepted, json, refused, startScript } from "./graph.ts";

const MESSAGE: Outbound = {
  phoneNumberId: "511000000000001",
  to: { phone: "51987654321", waUserId: "PE.1234567890" },
  message: { kind: "text", text: "Tu pedido 7781 va en camino" },
  // Proof that only the store gives; here it is the test that knows.
  window: { endsAtMs: 1_760_086_400_000 } as OpenWindow,
  quoteWaMessageId: null,
  opaqueId: "0b8f6d0e-message",
};
const TOKEN = "EAAtoken-of-the-tests";
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function graph(...replies: Parameters<typeof startScript>[0]) {
  const server = await startScript(replies);
  closing.push(server.close);
  return server;
}

/** A client whose clock moves only by sleeping; `pauses` are what it slept. */
function client(baseUrl: string, options: Partial<WhatsAppClientOptions> = {}) {
  const pauses: number[] = [];
  const lines: string[] = [];
  let nowMs = 1_760_000_000_000;
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      pauses.push(ms);
      nowMs += ms;
    },
  };
  const log = createLog("debug", (line) => lines.push(line));
  const channel: Channel = createWhatsAppClient({
    baseUrl,
    version: "v26.0",
    accessToken: () => TOKEN,
    clock,
    random: () => 0.5,
    log,
    ...options,
  });
  return { channel, pauses, lines };
}

describe("send", () => {
  it("sends nothing that is over Meta's limits, says where, and does not ask to try again", async () => {
    const server = await graph(accepted);
    const { channel, lines } = client(server.url);
    const buttons = [{ id: "1", title: "a title of over twenty characters" }];
    const message = { kind: "buttons", body: "Which?", buttons } as const;
    expect(await channel.send({ ...MESSAGE, message }, 20_000)).toMatchObject({
      outcome: "rejected",
      decision: "plain_form",
    });
    expect(server.seen).toEqual([]);
    expect(lines.join()).toContain("buttons[0].title");
    expect(lines.join()).not.toContain("twenty");
  });

  it("sends nothing free-form once the window has closed, nor for a number that was taken out", async () => {
    const server = await graph(accepted);
    const closed = { ...MESSAGE, window: { endsAtMs: 1_759_999_999_999 } as OpenWindow };
    expect(await client(server.url).channel.send(closed, 20_000)).toMatchObject({
      decision: "needs_template",
      code: 131_047,
    });
    const { channel } = client(server.url, { accessToken: () => null });
    expect(await channel.send(MESSAGE, 20_000)).toMatchObject({ decision: "stop_and_alert" });
    expect(server.seen).toEqual([]);
  });

  it("posts a text to the number with a plus, our id and the bearer token", async () => {
    const server = await graph(accepted);
    const { channel } = client(`${server.url}/`);
    const result = await channel.send(MESSAGE, 20_000);
    expect(result).toEqual({ outcome: "accepted", waMessageId: "wamid.SENT", attempts: 1 });
    const [request] = server.seen;
    expect([request?.method, request?.path]).toEqual(["POST", "/v26.0/511000000000001/messages"]);
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
    });
    expect(request?.body).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+51987654321",
      type: "text",
      text: { body: "Tu pedido 7781 va en camino", preview_url: false },
      biz_opaque_callback_data: "0b8f6d0e-message",
    });
  });

  it("sends to the user id when there is no phone, and quotes when asked", async () => {
    const server = await graph(accepted);
    const to = { phone: null, waUserId: "PE.1234567890" };
    await client(server.url).channel.send({ ...MESSAGE, to, quoteWaMessageId: "wamid.ASKED" }, 20_000);
    const body = server.seen[0]?.body;
    expect(body).toMatchObject({ recipient: "PE.1234567890", context: { message_id: "wamid.ASKED" } });
    expect(body).not.toHaveProperty("to");
  });

  it("asks nobody when there is no address", async () => {
    const server = await graph(accepted);
    const to = { phone: null, waUserId: null };
    const result = await client(server.url).channel.send({ ...MESSAGE, to }, 20_000);
    expect(result).toMatchObject({ outcome: "rejected", decision: "recipient_lost", attempts: 0 });
    expect(server.seen).toHaveLength(0);
  });

  it.each([4, 80007, 130429, 131056])(
    "sends again after throttle %i, which comes as HTTP 400",
    async (code) => {
      const server = await graph(refused(400, code), refused(400, code), accepted);
      const { channel, pauses } = client(server.url);
      expect(await channel.send(MESSAGE, 20_000)).toMatchObject({ outcome: "accepted", attempts: 3 });
      expect(pauses).toEqual(code === 131056 ? [500, 2_000] : [250, 500]);
      expect(new Set(server.seen.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    },
  );

  it("waits as long as Retry-After says, in seconds or as a date", async () => {
    const date = new Date(1_760_000_000_000 + 3_000 + 5_000).toUTCString();
    const server = await graph(
      refused(400, 130429, { "retry-after": "3" }),
      refused(400, 130429, { "retry-after": date }),
      accepted,
    );
    const { channel, pauses } = client(server.url);
    expect(await channel.send(MESSAGE, 20_000)).toMatchObject({ outcome: "accepted", attempts: 3 });
    expect(pauses).toEqual([3_000, 5_000]);
  });

  it("gives up at once when Retry-After lies past the deadline, and says when to come back", async () => {
    const server = await graph(refused(400, 130429, { "retry-after": "60" }));
    const { channel, pauses } = client(server.url);
    expect(await channel.send(MESSAGE, 20_000)).toEqual({
      outcome: "rejected",
      decision: "retry_safe",
      code: 130429,
      retryAfterMs: 60_000,
      attempts: 1,
    });
    expect(pauses).toEqual([]);
  });

  it.each(["1000", "1000000000000", "9".repeat(400)])(
    "comes back within 15 minutes after %s seconds of Retry-After",
    async (asked) => {
      const server = await graph(refused(400, 130429, { "retry-after": asked }));
      const result = await client(server.url).channel.send(MESSAGE, 20_000);
      expect(result).toMatchObject({ outcome: "rejected", decision: "retry_safe", retryAfterMs: 900_000 });
    },
  );

  it("stops sending again before the deadline", async () => {
    const server = await graph(refused(400, 130429));
    const { channel, pauses } = client(server.url);
    const result = await channel.send(MESSAGE, 3_000);
    expect(result).toMatchObject({ outcome: "rejected", decision: "retry_safe", attempts: 4 });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_000);
  });

  it("makes six attempts at most, even when the pauses are nothing", async () => {
    const server = await graph(refused(429, 4));
    const { channel } = client(server.url, { random: () => 0 });
    expect(await channel.send(MESSAGE, 60_000)).toMatchObject({ decision: "retry_safe", attempts: 6 });
    expect(server.seen).toHaveLength(6);
  });

  it("sends again when nobody listened, since nothing was written", async () => {
    const first = await startScript([accepted]);
    await first.close();
    let second: Awaited<ReturnType<typeof startScript>> | undefined;
    const { channel } = client(first.url, {
      clock: {
        now: () => 0,
        sleep: async () => {
          second ??= await startScript([accepted], first.port);
        },
      },
    });
    expect(await channel.send(MESSAGE, 20_000)).toMatchObject({ outcome: "accepted", attempts: 2 });
    expect(second?.seen).toHaveLength(1);
    if (second) closing.push(second.close);
  });

  it("reports a dead address as certainly not sent", async () => {
    const server = await startScript([accepted]);
    await server.close();
    const result = await client(server.url).channel.send(MESSAGE, 20_000);
    expect(result).toMatchObject({ outcome: "rejected", decision: "retry_safe", code: null });
  });

  it.each([
    [
      "a failed look-up",
      Object.assign(new Error("x"), { syscall: "getaddrinfo", code: "ENOTFOUND" }),
      "rejected",
    ],
    [
      "a connection that took too long",
      Object.assign(new Error("x"), { code: "UND_ERR_CONNECT_TIMEOUT" }),
      "rejected",
    ],
    [
      "a reset while writing",
      Object.assign(new Error("x"), { syscall: "write", code: "ECONNRESET" }),
      "ambiguous",
    ],
    ["a failure without a cause, as on the edge", undefined, "ambiguous"],
  ])("knows what %s proves", async (_, cause, outcome) => {
    const failing = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const result = await client("http://graph.test", { fetch: failing }).channel.send(MESSAGE, 20_000);
    expect(result.outcome).toBe(outcome);
  });

  it.each<[string, Parameters<typeof startScript>[0][number], number | null]>([
    ["HTTP 500 with a code", refused(500, 131000), 131000],
    ["HTTP 503 without one", (response) => response.writeHead(503).end("<html>"), null],
    ["Meta's own failure as HTTP 400", refused(400, 131016), 131016],
    ["a success without a message id", json(200, { messages: [] }), null],
    ["a success with an id of 513 characters", json(200, { messages: [{ id: "w".repeat(513) }] }), null],
    ["a success with an object for an id", json(200, { messages: [{ id: { wamid: "SENT" } }] }), null],
    [
      "a success nested 20,000 deep",
      (response) => response.end(`{"messages":${"[".repeat(20_000)}${"]".repeat(20_000)}}`),
      null,
    ],
    ["HTTP 500 with a code beyond integers", refused(500, 2 ** 31), null],
    ["a success that is not JSON", (response) => response.end("ok"), null],
    ["a success of 1 MB", json(200, { messages: [{ id: "wamid.SENT" }], pad: "x".repeat(1_000_000) }), null],
    ["a connection that broke", (response) => response.destroy(), null],
    [
      "an answer that broke off",
      (response) => {
        response.writeHead(200, { "content-length": "500" });
        response.write('{"messages":[');
        setImmediate(() => response.destroy());
      },
      null,
    ],
    ["silence", () => {}, null],
  ])("leaves %s ambiguous, after one request", async (_, reply, code) => {
    const server = await graph(reply);
    const { channel } = client(server.url, { attemptTimeoutMs: 300 });
    expect(await channel.send(MESSAGE, 20_000)).toEqual({ outcome: "ambiguous", code, attempts: 1 });
    expect(server.seen).toHaveLength(1);
  });

  it("takes no longer than its deadline over one attempt", async () => {
    const server = await graph(() => {});
    const result = await client(server.url, { attemptTimeoutMs: 60_000 }).channel.send(MESSAGE, 100);
    expect(result.outcome).toBe("ambiguous");
  });

  it.each([
    [131047, "needs_template"],
    [131026, "recipient_lost"],
    [131048, "never"],
    [132001, "plain_form"],
  ] as const)("rejects code %i with %s", async (code, decision) => {
    const server = await graph(refused(400, code));
    const result = await client(server.url).channel.send(MESSAGE, 20_000);
    expect(result).toEqual({ outcome: "rejected", decision, code, retryAfterMs: null, attempts: 1 });
  });

  it("alerts when nothing can be sent any more", async () => {
    const server = await graph(refused(401, 190));
    const { channel, lines } = client(server.url);
    expect(await channel.send(MESSAGE, 20_000)).toMatchObject({ decision: "stop_and_alert", code: 190 });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "error",
      event: "whatsapp.send_stopped",
      code: 190,
    });
  });

  it("follows no redirect, so that the token stays with the Graph API", async () => {
    const thief = await graph(accepted);
    const server = await graph((response) => response.writeHead(307, { location: thief.url }).end());
    const result = await client(server.url).channel.send(MESSAGE, 20_000);
    expect(result).toMatchObject({ outcome: "rejected", decision: "stop_and_alert", attempts: 1 });
    expect(thief.seen).toHaveLength(0);
  });

  it("writes neither token, phone, user id nor text into the log", async () => {
    const replies = [refused(400, 130429), refused(500, 131000), refused(401, 190), json(200, {})];
    const lines: string[] = [];
    for (const reply of replies) {
      const run = client((await graph(reply)).url);
      await run.channel.send(MESSAGE, 1_000);
      await run.channel.readAndType(MESSAGE.phoneNumberId, "wamid.ASKED");
      lines.push(...run.lines);
    }
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.join("\n")).not.toMatch(/EAAtoken|51987654321|PE\.1234567890|7781|wamid\.ASKED/);
  });
});

describe("readAndType", () => {
  it("marks read and shows typing in one call", async () => {
    const server = await graph(json(200, { success: true }));
    const { channel, lines } = client(server.url);
    await channel.readAndType("511000000000001", "wamid.ASKED");
    expect(server.seen.map(({ body }) => body)).toEqual([
      {
        messaging_product: "whatsapp",
        status: "read",
        message_id: "wamid.ASKED",
        typing_indicator: { type: "text" },
      },
    ]);
    expect(lines).toEqual([]);
  });

  it("never throws and tries once: it is a courtesy", async () => {
    const server = await graph(refused(400, 130429));
    const { channel, lines } = client(server.url);
    await channel.readAndType("511000000000001", "wamid.ASKED");
    await server.close();
    await channel.readAndType("511000000000001", "wamid.ASKED");
    expect(server.seen).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });
});

describe("a recipient that a test number does not list (131030)", () => {
  const NOT_LISTED = refused(400, 131_030);
  const to = (phone: string, acceptedPhone?: string): Outbound["to"] => ({
    phone,
    waUserId: "AR.1",
    ...(acceptedPhone !== undefined && { acceptedPhone }),
  });
  const ARGENTINA = "5491122334455";
  const addresses = (server: Awaited<ReturnType<typeof graph>>) =>
    server.seen.map(({ body }) => (body as { to?: string }).to);

  it("is tried under the other spellings, without a pause, and the accepted one is named", async () => {
    const server = await graph(NOT_LISTED, NOT_LISTED, accepted);
    const { channel, pauses } = client(server.url);
    expect(await channel.send({ ...MESSAGE, to: to(ARGENTINA) }, 10_000)).toEqual({
      outcome: "accepted",
      waMessageId: "wamid.SENT",
      attempts: 3,
      acceptedPhone: "54111522334455",
    });
    expect(addresses(server)).toEqual(["+5491122334455", "+541122334455", "+54111522334455"]);
    expect(server.seen.map(({ body }) => ({ ...(body as object), to: "" }))[2]).toEqual({
      ...(server.seen[0]?.body as object),
      to: "",
    });
    expect(pauses).toEqual([]);
  });

  it("is tried first where it was accepted before, unless that is no spelling of the phone any more", async () => {
    for (const [before, first] of [
      ["541122334455", "+541122334455"],
      ["5215512345678", "+5491122334455"],
    ] as const) {
      const server = await graph(accepted);
      const result = await client(server.url).channel.send({ ...MESSAGE, to: to(ARGENTINA, before) }, 10_000);
      expect(result).toEqual({ outcome: "accepted", waMessageId: "wamid.SENT", attempts: 1 });
      expect(addresses(server)).toEqual([first]);
    }
  });

  it("stays refused when no spelling is listed, or there is but one", async () => {
    for (const [phone, tries] of [
      [ARGENTINA, 3],
      ["51987654321", 1],
    ] as const) {
      const server = await graph(NOT_LISTED);
      const result = await client(server.url).channel.send({ ...MESSAGE, to: to(phone) }, 10_000);
      expect(result).toMatchObject({ outcome: "rejected", code: 131_030, attempts: tries });
      expect(server.seen).toHaveLength(tries);
    }
  });

  it("is not tried elsewhere after any other answer, which may mean that it was sent", async () => {
    for (const answer of [refused(500, 131_000), refused(400, 131_026), refused(400, 190)]) {
      const server = await graph(answer);
      const result = await client(server.url).channel.send({ ...MESSAGE, to: to(ARGENTINA) }, 10_000);
      expect(result.outcome).not.toBe("accepted");
      expect(server.seen).toHaveLength(1);
    }
    const server = await graph(NOT_LISTED, refused(500, 131_000), accepted);
    const result = await client(server.url).channel.send({ ...MESSAGE, to: to(ARGENTINA) }, 10_000);
    expect(result).toMatchObject({ outcome: "ambiguous", attempts: 2 });
  });

  it("is not tried when hardly any time is left", async () => {
    const server = await graph(NOT_LISTED, accepted);
    const result = await client(server.url).channel.send({ ...MESSAGE, to: to(ARGENTINA) }, 900);
    expect(result).toMatchObject({ outcome: "rejected", attempts: 1 });
  });
});
