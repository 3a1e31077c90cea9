import { Redis } from "ioredis";
import type { Contestant } from "./contestant.ts";
import type { Load } from "./load.ts";
import type { World } from "./world.ts";

const MESSAGES = 50;
/** Longer than a message takes, so that messages do not overlap. */
const EVERY_MS = 100;

/** Round trips to each service, counted where they arrive. */
export interface Trips {
  database: number;
  cache: number;
  model: number;
  graph: number;
}

/** Mean round trips of one message. Separate from the timed runs, because monitoring slows Redis. */
export async function countTrips(contestant: Contestant, load: Load, world: World): Promise<Trips> {
  const redis = new Redis(world.redisUrl);
  const monitor = await redis.monitor();
  let commands = 0;
  // Commands inside a script are no round trips.
  monitor.on("monitor", (_time: string, words: string[], source: string) => {
    if (source !== "lua" && words.some((word) => /^(chat-sdk|chasqui):/.test(word))) commands += 1;
  });
  const count = async (): Promise<Trips> => ({
    database: (await world.database.counters()).trips + (await contestant.part.counters()).trips,
    cache: commands,
    model: (await world.model.counters()).trips,
    graph: world.graph.trips(),
  });
  const before = await count();
  const { url, replies } = contestant;
  await load.send({ url, replies, messages: MESSAGES, pace: { everyMs: EVERY_MS } });
  await contestant.part.counters();
  const after = await count();
  monitor.disconnect();
  redis.disconnect();
  return {
    database: (after.database - before.database) / MESSAGES,
    cache: (after.cache - before.cache) / MESSAGES,
    model: (after.model - before.model) / MESSAGES,
    graph: (after.graph - before.graph) / MESSAGES,
  };
}
