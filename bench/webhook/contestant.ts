import type { Teardown } from "../../host/machine/lifecycle.ts";
import type { Load, Measured } from "./load.ts";
import { type Part, startPart } from "./process.ts";
import type { World } from "./world.ts";

const BUSY = { messages: 400, pace: { atOnce: 32 } };
const QUIET = { messages: 50, pace: { everyMs: 100 } };
/** Enough for the compiler to optimize. */
const WARM_UP = 1_600;
/** Node's flags in `npm start`, used for all. */
const NODE = ["--max-semi-space-size=32"];

/**
 * The minimum of any bot, and of any durable one; Chasqui on a host of your own, the same with every message classified by the model, and as on
 * Vercel; its rival with a fixed text, and as a bot that classifies and answers with the same prompts.
 */
const servers = ({ sockets }: World) => [
  { name: "raw floor", part: "floor", replies: false, environment: {} },
  { name: "least durable", part: "least", replies: true, environment: sockets },
  { name: "Chasqui", part: "chasqui", replies: true, environment: sockets },
  {
    name: "both calls",
    part: "chasqui",
    replies: true,
    environment: { ...sockets, INTENT_FAST_PATH: "off" },
  },
  { name: "Chasqui, HTTP stores", part: "chasqui", replies: true, environment: {} },
  { name: "Chat SDK", part: "chat-sdk", replies: true, environment: {} },
  { name: "Chat SDK + model", part: "chat-sdk", replies: true, environment: { RIVAL_USES_MODEL: "1" } },
];

/** One server and its measurements, one run per round. */
export interface Contestant {
  name: string;
  replies: boolean;
  url: string;
  part: Part;
  busy: Measured[];
  quiet: Measured[];
  /** CPU time of its own process per message, one number per busy run. */
  cpuMs: number[];
}

/** Starts every server in a process of its own and warms it up. */
export async function startContestants(world: World, load: Load, teardown: Teardown): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const { name, part: role, replies, environment } of servers(world)) {
    const part = await startPart(role, "", { ...world.environment, ...environment }, NODE);
    teardown.add(part.stop);
    const url = `${part.url}/api/whatsapp/webhook`;
    // One that cannot answer would keep the clock for minutes, and its figures would mean nothing.
    const { unanswered } = await load.send({ url, replies, ...QUIET, messages: 1 });
    if (unanswered > 0) throw new Error(`${name} does not answer: is it still called rightly?`);
    await load.send({ url, replies, ...BUSY, messages: WARM_UP });
    contestants.push({ name, replies, url, part, busy: [], quiet: [], cpuMs: [] });
  }
  return contestants;
}

/** One round of one contestant: at full load, then one message at a time. */
export async function measure(contestant: Contestant, load: Load): Promise<void> {
  const { part, url, replies } = contestant;
  const before = await part.counters();
  contestant.busy.push(await load.send({ url, replies, ...BUSY }));
  const after = await part.counters();
  contestant.cpuMs.push((after.cpuMs - before.cpuMs) / BUSY.messages);
  contestant.quiet.push(await load.send({ url, replies, ...QUIET }));
  await part.counters();
}
