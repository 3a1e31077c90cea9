import { describe, expect, it } from "vitest";
import { createEventReader, type ServerEvent } from "../../web/src/console/connection/event-source.ts";
import {
  createLive,
  type LiveEvent,
  type LiveState,
  pauseMs,
} from "../../web/src/console/connection/live.ts";
import type { Surroundings } from "../../web/src/console/connection/surroundings.ts";

/** A browser whose time passes when the test says so, before a server that does what the test says. */
function surroundings() {
  const timers = new Set<{ at: number; wake(): void }>();
  const connections: Connection[] = [];
  let now = 0;
  let listener: (what: "visibility" | "network") => void = () => undefined;
  const tab = { hidden: false, online: true };
  const settle = async () => {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const around: Surroundings = {
    random: () => 1,
    isHidden: () => tab.hidden,
    isOnline: () => tab.online,
    onChange(own) {
      listener = own;
      return () => undefined;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = { at: now + ms, wake: resolve };
        timers.add(timer);
        signal.addEventListener("abort", () => {
          timers.delete(timer);
          resolve();
        });
      }),
    fetch: (input, init) =>
      new Promise((resolve, reject) => {
        const connection = openConnection(
          String(input),
          new Headers(init?.headers).get("last-event-id"),
          resolve,
          reject,
        );
        init?.signal?.addEventListener("abort", () => {
          connection.aborted = true;
          connection.cut();
        });
        connections.push(connection);
      }),
  };
  return {
    around,
    connections,
    last: () => connections.at(-1) as Connection,
    settle,
    async pass(ms: number) {
      await settle();
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.wake();
      }
      await settle();
    },
    async change(what: "visibility" | "network", to: Partial<typeof tab>) {
      Object.assign(tab, to);
      listener(what);
      await settle();
    },
  };
}

interface Connection {
  url: string;
  lastId: string | null;
  aborted: boolean;
  answer(status?: number): void;
  send(text: string): void;
  end(): void;
  cut(): void;
}

function openConnection(
  url: string,
  lastId: string | null,
  resolve: (response: Response) => void,
  reject: (error: Error) => void,
): Connection {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      control = own;
    },
  });
  return {
    url,
    lastId,
    aborted: false,
    answer: (status = 200) => resolve(new Response(body, { status })),
    send: (text) => control?.enqueue(new TextEncoder().encode(text)),
    end: () => control?.close(),
    cut() {
      reject(new Error("cut"));
      try {
        control?.error(new Error("cut"));
      } catch {}
    },
  };
}

async function start() {
  const browser = surroundings();
  const events: LiveEvent[] = [];
  const states: LiveState[] = [];
  const live = createLive(
    { tenantId: "t1", onEvent: (event) => events.push(event), onState: (state) => states.push(state) },
    browser.around,
  );
  return { ...browser, live, events, states };
}

async function opened() {
  const page = await start();
  await page.settle();
  page.last().answer();
  await page.settle();
  return page;
}

describe("reading server-sent events", () => {
  it("reads the same wherever the text is cut", () => {
    const text =
      ': hi\n\nevent: rows\ndata: [1,\ndata: 2]\nid: 5-7\n\nid: 6-8\n\nevent:counts\r\ndata:{"é":1}\r\n\r\n';
    const expected: ServerEvent[] = [
      { name: "rows", data: "[1,\n2]", id: "5-7" },
      { name: null, data: "", id: "6-8" },
      { name: "counts", data: '{"é":1}', id: null },
    ];
    for (let size = 1; size <= text.length; size += 1) {
      const events: ServerEvent[] = [];
      const read = createEventReader((event) => events.push(event));
      for (let from = 0; from < text.length; from += size) read(text.slice(from, from + size));
      expect(events).toEqual(expected);
    }
  });
});

describe("the connection of a page", () => {
  it("hands events over and goes on from the last id after a cut", async () => {
    const page = await opened();
    page.last().send('event: counts\ndata: {"waiting":1}\nid: 10-5\n\n');
    await page.settle();
    expect(page.events).toEqual([{ name: "counts", data: { waiting: 1 }, conversationId: null }]);
    page.last().cut();
    await page.settle();
    expect(page.states).toEqual(["connecting", "live", "reconnecting"]);
    await page.pass(pauseMs(1, 1));
    expect(page.connections).toHaveLength(2);
    expect(page.last().lastId).toBe("10-5");
    page.last().answer();
    await page.settle();
    expect(page.states.at(-1)).toBe("live");
  });

  it("says nothing of an end that the server wanted, unless it cannot come back", async () => {
    const page = await opened();
    page.last().end();
    await page.pass(1_000);
    expect(page.connections).toHaveLength(2);
    expect(page.states).toEqual(["connecting", "live"]);
    await page.pass(3_000);
    expect(page.states.at(-1)).toBe("reconnecting");
  });

  it("waits longer after each failure, up to a bound, and at once when the network is back", async () => {
    const page = await start();
    for (const ms of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      await page.settle();
      const before = page.connections.length;
      page.last().answer(503);
      await page.pass(ms - 1);
      expect(page.connections).toHaveLength(before);
      await page.pass(1);
      expect(page.connections).toHaveLength(before + 1);
    }
    await page.change("network", { online: false });
    page.last().cut();
    await page.settle();
    expect(page.states.at(-1)).toBe("offline");
    const before = page.connections.length;
    await page.change("network", { online: true });
    expect(page.connections).toHaveLength(before + 1);
  });

  it("gives a silent stream up", async () => {
    const page = await opened();
    await page.pass(39_000);
    page.last().send("id: 1-1\n\n");
    await page.pass(39_000);
    expect(page.last().aborted).toBe(false);
    await page.pass(1_000);
    expect(page.connections[0]?.aborted).toBe(true);
    expect(page.states.at(-1)).toBe("reconnecting");
  });

  it("ends when the session has ended", async () => {
    const page = await start();
    await page.settle();
    page.last().answer(401);
    await page.pass(60_000);
    expect(page.states.at(-1)).toBe("signed_out");
    expect(page.connections).toHaveLength(1);
  });

  it("says that the server reads nothing now", async () => {
    const page = await opened();
    page.last().send("event: stalled\ndata: {}\n\n");
    await page.settle();
    expect(page.states.at(-1)).toBe("reconnecting");
    page.last().send("id: 1-1\n\n");
    await page.settle();
    expect(page.states.at(-1)).toBe("live");
  });

  it("is quiet while the tab is hidden, and goes on from where it was", async () => {
    const page = await opened();
    page.last().send("id: 10-5\n\n");
    await page.settle();
    await page.change("visibility", { hidden: true });
    await page.change("visibility", { hidden: false });
    await page.pass(5_000);
    expect(page.connections).toHaveLength(1);
    await page.change("visibility", { hidden: true });
    await page.pass(5_000);
    expect(page.connections[0]?.aborted).toBe(true);
    expect(page.last()).toMatchObject({ url: expect.stringContaining("quiet=1"), lastId: "10-5" });
    page.last().answer();
    page.last().send("id: 10-5.3\n\n");
    await page.settle();
    await page.change("visibility", { hidden: false });
    expect(page.last()).toMatchObject({ url: expect.not.stringContaining("quiet"), lastId: "10-5.3" });
  });

  it("loses nothing when another conversation is opened, whenever its view was read", async () => {
    const page = await opened();
    page.last().send("id: 20-9\n\n");
    await page.settle();
    // Read after the stream's place: what came since then comes anyway.
    page.live.watch("c1");
    await page.settle();
    page.last().answer();
    page.last().send("id: 30-12\n\n");
    await page.settle();
    page.live.watch("c1", "25-10");
    await page.settle();
    expect(page.connections).toHaveLength(2);
    expect(page.last()).toMatchObject({ url: expect.stringContaining("conversation=c1"), lastId: "20-9" });
    // Read long before: the stream goes back.
    page.live.watch("c2", "15-8");
    await page.settle();
    expect(page.last()).toMatchObject({ url: expect.stringContaining("conversation=c2"), lastId: "15-8" });
  });

  it("hands over nothing of a conversation that was left", async () => {
    const page = await opened();
    const old = page.last();
    old.send("event: notes\ndata: []\nid: 9-9\n\n");
    page.live.watch("c1");
    await page.settle();
    page.live.close();
    await page.settle();
    expect(page.events).toEqual([]);
    expect(page.last().aborted).toBe(true);
  });
});
