import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationPage, Counts, ListName } from "../../contracts/console/inbox.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let agent: Member;
beforeAll(async () => {
  world = await startWorld();
  agent = await signedInAs(world, "agent", "Rosa");
});
afterAll(() => world.close());

const page = async (query: string, member = agent): Promise<ConversationPage> =>
  (await member.get(`/conversations?${query}`)).json() as Promise<ConversationPage>;
const names = async (list: ListName, member = agent) =>
  (await page(`list=${list}`, member)).rows.map(({ name }) => name);

/** A conversation in a state of its own; without messages. */
async function make(name: string, state: Record<string, string | null> = {}): Promise<string> {
  const [row] = await world.sql<{ id: string }>`
    with u as (
      insert into customers (tenant_id, wa_user_id, name) values (${agent.tenantId}::uuid, ${crypto.randomUUID()}, ${name}) returning id)
    insert into conversations select c.* from u, jsonb_populate_record(null::conversations, jsonb_build_object(
        'id', gen_random_uuid(), 'tenant_id', ${agent.tenantId}::text, 'customer_id', u.id, 'status', 'bot', 'received_seq', 0,
        'answered_seq', 0, 'epoch', 0, 'attempts', 0, 'usage_turns', 0, 'usage_sound_s', 0, 'repeat_count', 0, 'at_once', 0,
        'created_at', now(), 'changed_at', now(), 'last_at', now()) || ${JSON.stringify(state)}::jsonb) c
      returning id`;
  return row?.id ?? "";
}
const handOff = (id: string, openedAt: string, takenAt: string | null = null) => world.sql`
  insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, taken_at)
    values (${agent.tenantId}::uuid, ${id}::uuid, 'customer_request', 'Wants a person.', ${openedAt}::timestamptz, ${takenAt}::timestamptz)`;
const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

test("each list holds its own conversations, in its order, and a snoozed one is hidden until it wakes", async () => {
  await make("with the bot", { last_at: minutes(-1) });
  await make("closed", { closed_at: minutes(-5), last_at: minutes(-2) });
  await make("mine", { status: "human", assignee_id: agent.operatorId, last_at: minutes(-3) });
  const late = await make("waits 5", { status: "human", last_at: minutes(-4) });
  await handOff(late, minutes(-5));
  const early = await make("waits 9", { status: "human", last_at: minutes(-5) });
  await handOff(early, minutes(-9));
  const taken = await make("taken", { status: "human", last_at: minutes(-6) });
  await handOff(taken, minutes(-20), minutes(-19));
  await make("other app, flagged", { status: "other_app", flagged_at: minutes(-1), last_at: minutes(-7) });
  await make("snoozed", {
    status: "human",
    assignee_id: agent.operatorId,
    snoozed_until: minutes(5),
    last_at: minutes(-8),
  });
  await make("awake", { assignee_id: agent.operatorId, snoozed_until: minutes(-1), last_at: minutes(-9) });

  expect(await names("waiting")).toEqual(["waits 9", "waits 5"]);
  expect(await names("mine")).toEqual(["mine", "awake"]);
  expect(await names("bot")).toEqual(["with the bot", "awake"]);
  expect(await names("snoozed")).toEqual(["snoozed"]);
  expect(await names("flagged")).toEqual(["other app, flagged"]);
  expect(await names("closed")).toEqual(["closed"]);
  const all = [
    "with the bot",
    "closed",
    "mine",
    "waits 5",
    "waits 9",
    "taken",
    "other app, flagged",
    "awake",
  ];
  expect(await names("all")).toEqual(all);
  const counts = (await (await agent.get("/counts")).json()) as Counts;
  expect(counts).toMatchObject({ waiting: 2, mine: 2, snoozed: 1, flagged: 1 });
  expect(Math.round((Date.now() - (counts.longestSince ?? 0)) / 60_000)).toBe(9);
});
