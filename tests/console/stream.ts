import { join } from "node:path";
import type { ConsoleEvents } from "../../contracts/console/thread.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { routesOf } from "../../host/server/routes.ts";
import { type RunningServer, serve } from "../../host/server/server.ts";
import type { SteadyClock } from "../../lib/types/clock.ts";
import { createEventReader } from "../../web/src/console/connection/event-source.ts";
import { gate } from "../support/gate.ts";
import type { World } from "../support/world.ts";
import type { Member } from "./member.ts";

/** How much faster than the world's its time passes. */
const FASTER = 20;

/** A clock that leaves nobody waiting. */
const fastClock: SteadyClock = {
  now: Date.now,
  steady: () => performance.now() * FASTER,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, ms / FASTER);
      signal?.addEventListener("abort", wake);
    }),
};

/** A second process with the console only, over the stores of a world. */
export const startConsole = (world: World): Promise<RunningServer> =>
  serve({
    ...{
      port: 0,
      host: "127.0.0.1",
      projectDirectory: PROJECT_DIRECTORY,
      onError: (error) => world.errors.push(error),
    },
    routes: new Map(
      [
        ...routesOf(
          join(PROJECT_DIRECTORY, "api"),
          hostPlatform(() => world.environment, { clock: fastClock }),
        ),
      ].filter(([path]) => path.startsWith("/api/console")),
    ),
  });

type Name = keyof ConsoleEvents;
export type Received = { [N in Name]: { name: N; data: ConsoleEvents[N] } }[Name];

/** One connection of a page. */
export interface Connection {
  response: Response;
  events: Received[];
  /** Null before the first. */
  lastId: string | null;
  /** Resolves when `found` is true of what has come; rejects when the stream ends before, or after 10 s. */
  until(found: () => unknown): Promise<void>;
  /** All data of events with this name, one after the other. */
  all<N extends "rows" | "messages" | "turns" | "notes">(name: N): ConsoleEvents[N];
  /** Resolves when the server has ended it. */
  ended: Promise<void>;
  cut(): Promise<void>;
}

export interface Opening {
  conversation?: string;
  quiet?: boolean;
  lastId?: string | null;
}

const LIMIT_MS = 10_000;

/** Opens the stream as a page does. */
export async function connect(url: string, member: Member, opening: Opening = {}): Promise<Connection> {
  const leave = new AbortController();
  const query = new URLSearchParams({
    ...(opening.conversation && { conversation: opening.conversation }),
    ...(opening.quiet && { quiet: "1" }),
  });
  const response = await fetch(`${url}/api/console/t/${member.tenantId}/events?${query}`, {
    headers: { cookie: member.cookie, ...(opening.lastId && { "last-event-id": opening.lastId }) },
    signal: leave.signal,
  });
  const events: Received[] = [];
  const waiting = new Set<() => void>();
  const ended = gate();
  let over = false;
  const connection: Connection = {
    response,
    events,
    lastId: null,
    ended: ended.promise,
    all: <N extends "rows" | "messages" | "turns" | "notes">(name: N) =>
      events.flatMap((event) => (event.name === name ? (event.data as never[]) : [])) as ConsoleEvents[N],
    async until(found) {
      const enough = gate();
      const look = () => (over || found()) && enough.open();
      waiting.add(look);
      const limit = setTimeout(enough.open, LIMIT_MS);
      look();
      await enough.promise;
      clearTimeout(limit);
      waiting.delete(look);
      if (!found())
        throw new Error(`it did not come; came: ${JSON.stringify(events.map(({ name }) => name))}`);
    },
    async cut() {
      leave.abort();
      await ended.promise;
    },
  };
  const look = () => {
    for (const each of waiting) each();
  };
  void read(response, connection, look).finally(() => {
    over = true;
    ended.open();
    look();
  });
  return connection;
}

async function read(response: Response, connection: Connection, onNews: () => void): Promise<void> {
  const decoder = new TextDecoder();
  const take = createEventReader(({ name, data, id }) => {
    if (name !== null) connection.events.push({ name, data: JSON.parse(data) } as Received);
    if (id !== null) connection.lastId = id;
  });
  try {
    for await (const piece of response.body ?? []) {
      take(decoder.decode(piece, { stream: true }));
      onNews();
    }
  } catch {
    // Cut.
  }
}
