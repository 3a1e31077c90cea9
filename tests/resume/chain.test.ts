import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import { newWaMessageId, textWebhook, webhookBody } from "../../host/meta-webhook.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { SteadyClock } from "../../lib/types/clock.ts";
import { untilStored } from "../support/customer.ts";
import { gate } from "../support/gate.ts";
import { later } from "../support/later.ts";
import { runs, sample } from "../support/seed.ts";
import { startWorld, WORLD, type World, type WorldOptions } from "../support/world.ts";

/** In CI as many people and messages as the targets name. */
const PEOPLE = runs(300);
const MESSAGES = runs(1_000);

let world: World;
/** Lines that the bot logged. */
let lines: { event: string; hop?: number }[];
beforeEach(() => {
  lines = [];
  const note = (line: unknown) => void lines.push(JSON.parse(String(line)));
  for (const level of ["log", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(note);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

/** Each reply takes seconds of its time, and pauses pass at once, in the database too. */
function quickClock(secondsPerReply: number): SteadyClock {
  let aheadMs = 0;
  const ahead = async (ms: number) => {
    aheadMs += ms;
    await world.sql`update conversations set unread_since = unread_since - ${ms} * interval '1 ms', retry_at = retry_at - ${ms} * interval '1 ms'`;
  };
  let replies = 0;
  const now = () => {
    const sent = world?.graph.sent.length ?? 0;
    aheadMs += (sent - replies) * secondsPerReply * 1_000;
    replies = sent;
    return Date.now() + aheadMs;
  };
  return {
    now,
    steady: () => performance.now() + aheadMs,
    // What is refreshed while something lasts, lasts as it does.
    sleep: (ms, signal) => (signal ? systemClock.sleep(ms, signal) : ahead(ms)),
  };
}

async function open(options: WorldOptions): Promise<void> {
  const env = { LOG_LEVEL: "info", LEASE_MS: "600000", INTENT_FAST_PATH: "on", ...options.env };
  world = await startWorld({ ...options, env, graph: { statuses: "none" } });
}

const phoneOf = (person: number) => `5198${String(1_000_000 + person)}`;
/** One webhook with a message of each of these people. */
const batchOf = (people: readonly number[]) =>
  webhookBody(WORLD.phoneNumberId, {
    contacts: people.map((person) => ({ profile: { name: `P${person}` }, wa_id: phoneOf(person) })),
    messages: people.map((person) => ({
      ...{ from: phoneOf(person), id: newWaMessageId(), type: "text", text: { body: "hola" } },
      timestamp: String(Math.floor(Date.now() / 1_000)),
    })),
  });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

/** What became of all that was stored. */
const ending = async () => {
  const [messages] = await world.sql<Record<string, number>>`
    select (select count(*)::int from messages where direction = 'in') as stored,
      (select count(*)::int from conversations where received_seq > answered_seq) as unread,
      (select count(distinct conversation_id)::int from messages where direction = 'out') as answered,
      (select count(*)::int from messages where direction = 'out' and (sends > 1 or state in ('draft', 'ambiguous'))) as odd,
      (select count(*)::int from turns where state = 'answered') - (select count(*)::int from messages where direction = 'out') as spare`;
  return messages;
};
const logged = (event: string) => lines.filter((line) => line.event === event);

const WHERE: readonly [string, boolean][] = [
  ["on a machine of one's own", false],
  ["on Vercel", true],
];

test.each(sample(WHERE, 1))(
  `${MESSAGES} messages of ${PEOPLE} people in four webhooks are answered without a tick: %s`,
  async (_where, vercel) => {
    await open(vercel ? { vercel, clock: quickClock(0.5) } : {});
    const from = upTo(MESSAGES).map((at) => at % PEOPLE);
    const quarters = upTo(4).map((at) => from.filter((_, place) => place % 4 === at));
    const bodies = quarters.map(batchOf);
    await Promise.all(bodies.map((body) => untilStored(() => world.deliver(body))));
    await world.drain();
    expect(await ending()).toEqual({ stored: MESSAGES, unread: 0, answered: PEOPLE, odd: 0, spare: 0 });
    expect(new Set(world.graph.sent.map(({ opaqueId }) => opaqueId)).size).toBe(world.graph.sent.length);
    expect(logged("resume.chained").length > 0).toBe(vercel);
    expect(world.errors).toEqual([]);
  },
);

test("what one call has no time for is answered by the next, and the chain ends with the work", async () => {
  await open({ vercel: true, clock: quickClock(2) });
  await world.deliver(batchOf(upTo(100)));
  await world.drain();
  expect(await ending()).toMatchObject({ unread: 0, answered: 100 });
  // Of the first, and of each hop, about ten replies and those in progress.
  const hops = logged("resume.chained").map(({ hop }) => hop);
  expect(hops).toEqual(upTo(hops.length).map((at) => at + 1));
  expect(hops.length).toBeGreaterThan(1);
  expect(hops.length).toBeLessThan(10);
});

test("a turn that failed is tried again when its pause is over, with nobody else writing", async () => {
  await open({ vercel: true, endpoints: true, clock: quickClock(0) });
  let failures = 0;
  world.neon.setFault((body) => (body.includes("draft_reply(") && failures++ < 2 ? { status: 500 } : null));
  const ana = world.customer(phoneOf(1));
  await ana.send("hola");
  await world.drain();
  expect(failures).toBeGreaterThan(2);
  expect(ana.replies()).toHaveLength(1);
  expect(logged("resume.chained").length).toBeGreaterThan(0);
});

test("a hop whose store was away for a moment leaves its work to the next", async () => {
  await open({ vercel: true, endpoints: true, clock: quickClock(4) });
  const failed = new Set<string>();
  // The first time that a hop asks each of these.
  const asked = ["unread_conversations(", "next_unread_ms("];
  world.neon.setFault((body) => {
    const name = logged("resume.chained").length > 0 ? asked.find((each) => body.includes(each)) : undefined;
    if (name === undefined || failed.has(name)) return null;
    failed.add(name);
    return { status: 500 };
  });
  await world.deliver(batchOf(upTo(40)));
  await world.drain();
  expect(failed.size).toBe(asked.length);
  expect(await ending()).toMatchObject({ unread: 0, answered: 40 });
});

test("a chain that cannot end its mark is the one that goes on", async () => {
  const quick = quickClock(4);
  let slowMs = 0;
  await open({ vercel: true, endpoints: true, clock: { ...quick, now: () => quick.now() + slowMs } });
  // The script that ends it has no arguments.
  world.upstash.setFault((body) => (body.endsWith('"chasqui:chain"]') ? { status: 500 } : null));
  // By the time that the mark is asked for again, the cache is no longer taken for away.
  world.neon.setFault((body) => {
    if (body.includes("next_unread_ms(")) slowMs += 3_000;
    return null;
  });
  await world.deliver(batchOf(upTo(40)));
  await world.drain();
  expect(logged("resume.chained").length).toBeGreaterThan(1);
  expect(await ending()).toMatchObject({ unread: 0, answered: 40 });
});

test("a chain is bounded: the last hop calls no other, whatever is left", async () => {
  await open({ vercel: true, clock: quickClock(0) });
  const ana = world.customer(phoneOf(1));
  await ana.send("hola");
  await world.drain();
  await world.sql`update conversations set received_seq = received_seq + 1, unread_since = now(), retry_at = now() + interval '1 year'`;
  const headers = { authorization: `Bearer ${WORLD.cronSecret}`, "x-chasqui-hop": "48" };
  const response = await fetch(`${world.url}/api/cron/resume`, { headers });
  expect([response.status, await response.json()]).toEqual([200, { hop: 48 }]);
  await world.drain();
  expect(logged("resume.chained").map(({ hop }) => hop)).toEqual([49, 50]);
  expect(logged("resume.chain_ended").map(({ hop }) => hop)).toEqual([50]);
});

test("a next hop that is dead loses nothing: the cron answers what is left", async () => {
  await open({ vercel: true, clock: quickClock(4), env: { PUBLIC_URL: "http://127.0.0.1:9" } });
  await world.deliver(batchOf(upTo(60)));
  await world.drain();
  expect(logged("resume.chain_broken")).toHaveLength(1);
  const before = await ending();
  expect(before?.unread).toBeGreaterThan(0);
  for (let tick = 0; tick < 12; tick++) {
    await later(world, "10 seconds");
    await world.resume();
    await world.drain();
  }
  expect(await ending()).toEqual({ stored: 60, unread: 0, answered: 60, odd: 0, spare: 0 });
});

test("a hop is refused without the secret, and runs nothing", async () => {
  await open({ vercel: true, clock: quickClock(0) });
  await world.deliver(textWebhook(messageFrom(1)));
  await world.drain();
  await world.sql`update conversations set received_seq = received_seq + 1, unread_since = now() - interval '1 minute'`;
  for (const authorization of [undefined, "Bearer wrong", WORLD.cronSecret]) {
    const headers = { "x-chasqui-hop": "1", ...(authorization && { authorization }) };
    expect((await fetch(`${world.url}/api/cron/resume`, { headers })).status).toBe(401);
  }
  await world.drain();
  expect(logged("resume.ran")).toEqual([]);
  expect(logged("resume.chained")).toEqual([]);
});

const messageFrom = (person: number) => ({
  ...{ phoneNumberId: WORLD.phoneNumberId, from: phoneOf(person), name: "Ana", text: "hola" },
  ...{ waMessageId: newWaMessageId(), timestampMs: Date.now() },
});

const isTo = (people: readonly number[]) => {
  const phones = new Set(people.map((person) => `+${phoneOf(person)}`));
  return ({ body }: GraphRequest) => phones.has(String((body as { to?: string }).to ?? ""));
};

test("a customer who writes alone waits for no batch", async () => {
  await open({});
  const batch = upTo(60);
  const held = gate();
  const isOfBatch = isTo(batch);
  world.graph.setFault((request) => (isOfBatch(request) ? { delayMs: 0, first: () => held.promise } : null));
  await world.deliver(batchOf(batch));
  const ana = world.customer(phoneOf(1_000));
  await ana.send("hola");
  await ana.waitForReply();
  // No more than the slots of batches are under way, her own turn, and what her webhook resumes.
  const begun = await world.sql`select id from turns`;
  expect(begun.length).toBeLessThanOrEqual(16 + 1 + 3);
  held.open();
  await world.drain();
  expect(await ending()).toMatchObject({ unread: 0, answered: 61 });
});

test("two batches take turns, and a person with many messages is one place in the queue", async () => {
  await open({});
  const [large, small] = [upTo(120), [500, 501, 502]];
  await world.deliver(batchOf([...large, ...Array.from({ length: 100 }, () => 500)]));
  await world.deliver(batchOf(small));
  await world.drain();
  const order = world.graph.sent.map(({ phone }) => phone);
  const places = small.slice(1).map((person) => order.indexOf(phoneOf(person)));
  // Behind what was in progress and as many again, not behind all of the large one.
  expect(Math.max(...places)).toBeLessThan(60);
  expect(await ending()).toMatchObject({ unread: 0, answered: 123 });
});
