import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What the system does with a call: as asked; refuses it; fails before it does anything; does it and cuts the connection; does nothing and
 * never answers; does it and answers something else than it promises.
 */
export type Behaviour = "do" | "refuse" | "fail" | "lose" | "hang" | "garble";

/** A call as it came in. */
export interface BookingCall {
  key: string;
  body: unknown;
  /** The signed header that says on whose behalf; null when there is none. */
  context: string | null;
}

/** A business's own system on loopback that takes bookings and honours idempotency keys. */
export interface BookingSystem {
  url: string;
  /** `host:port`. */
  host: string;
  calls: BookingCall[];
  /** Bookings made, by the key of their call: more than one would be an effect twice. */
  effects: Map<string, number>;
  /** What the next calls meet, in order; after them it does as asked. */
  next(...behaviours: readonly Behaviour[]): void;
  /** Called with each call before anything is done, and again before it is answered. */
  watch: Record<"before" | "after", ((call: BookingCall) => void | Promise<void>) | undefined>;
  close(): Promise<void>;
}

/** Starts it. */
export async function startBookingSystem(): Promise<BookingSystem> {
  const planned: Behaviour[] = [];
  const made = new Map<string, string>();
  const system: Omit<BookingSystem, "url" | "host" | "close"> = {
    calls: [],
    effects: new Map(),
    next: (...behaviours) => void planned.push(...behaviours),
    watch: { before: undefined, after: undefined },
  };
  const book = (key: string): string => {
    const before = made.get(key);
    if (before !== undefined) return before;
    const number = `R-${made.size + 101}`;
    made.set(key, number);
    system.effects.set(key, (system.effects.get(key) ?? 0) + 1);
    return number;
  };
  const server = createServer(async (request, response) => {
    const call = await read(request);
    system.calls.push(call);
    await system.watch.before?.(call);
    const behaviour = planned.shift() ?? "do";
    if (behaviour === "hang") return;
    if (behaviour === "refuse") return answer(response, 409, { error: "taken" });
    if (behaviour === "fail") return answer(response, 500, { error: "down" });
    const number = book(call.key);
    await system.watch.after?.(call);
    if (behaviour === "lose") return void request.socket.destroy();
    answer(response, 201, behaviour === "garble" ? "garbled" : { number, table: 7 });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...system,
    host,
    url: `http://${host}/bookings`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<BookingCall> {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { "idempotency-key": key, "x-chasqui-context": context } = request.headers;
  return {
    key: String(key),
    body: text === "" ? null : JSON.parse(text),
    context: context?.toString() ?? null,
  };
}

const answer = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
