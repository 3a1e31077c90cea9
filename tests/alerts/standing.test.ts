import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dropDead } from "../../db/dead.ts";
import { deliverWebhook } from "../../host/meta-webhook.ts";
import { WORLD } from "../support/world.ts";
import { MINUTE, startWatched, type Watched } from "./watched.ts";

const DAY = 24 * 60 * MINUTE;
const MODEL = "gpt-6.1-sol";

let bot: Watched;
vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  bot = await startWatched({ REPLY_MODEL: MODEL, INTENT_LOCAL: "off" });
});
afterAll(() => bot.close());
beforeEach(async () => {
  await bot.reset();
  await bot.world.sql`update turns set state = 'dropped' where state = 'dead'`;
  await bot.world.sql`update conversations set answered_seq = received_seq, unread_since = null`;
});

/** What Slack was told, without where it leads; and those places, as pages and sections. */
function parts(told: readonly string[]): [said: string, page: string, section: string][] {
  return told.map((text) => {
    const [, said = "", page = "", section = ""] =
      /^\*WhatsApp\*: (.*?)\.? <http\S*?\/insight\/(\w+)\|\w+> <https:\S*?#([\w-]+)\|Runbook>$/.exec(text) ??
      [];
    return [said, page, section];
  });
}

test("a dead letter: told, and over when somebody has dropped it", async () => {
  const { world, pass } = bot;
  const refused = { error: { code: 131026, message: "Message undeliverable" } };
  world.graph.setFault(() => ({ status: 400, body: refused }));
  await world.customer("51914000001").send("¿Cuánto cuesta el envío?");
  await world.drain();
  world.graph.setFault(null);
  const section = ["service", "a-turn-died"];
  expect(parts(await pass(2))).toEqual([
    ["ticket: Tambo: 1 dead letter waits (npm run dead lists them)", ...section],
  ]);
  const [{ id = "" } = {}] = await world.sql<{ id: string }>`select id from turns where state = 'dead'`;
  await dropDead(world, id);
  expect(parts(await pass(2))).toEqual([
    [expect.stringMatching(/^over: Tambo: 1 dead letter waits/), ...section],
  ]);
});

test("a customer without an answer: told, and over when they have one", async () => {
  const { world, pass } = bot;
  const ana = world.customer("51914000002");
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  await world.sql`update conversations set received_seq = answered_seq + 1, unread_since = now() - interval '3 minutes'`;
  const section = ["service", "customers-wait-for-an-answer"];
  expect(parts(await pass(3))).toEqual([
    [expect.stringMatching(/^page: Tambo: \d customers? ha/), ...section],
  ]);
  await world.sql`update conversations set answered_seq = received_seq, unread_since = null`;
  expect(await pass(2)).toEqual([]);
  expect(parts(await pass(3))).toEqual([
    [expect.stringMatching(/^over: Tambo: \d customers? ha/), ...section],
  ]);
});

test("a model that ends: told at 60, 30 and 7 days, and over when its end is taken back", async () => {
  const { world, pass } = bot;
  const at = new Date(bot.nowMs + 45 * DAY).toISOString().slice(0, 10);
  world.model.setLives({ shutdownDates: { [MODEL]: at } });
  const section = ["alerts", "a-model-ends"];
  const said = (kind: string) => [
    expect.stringMatching(new RegExp(`^${kind}: ${MODEL.replaceAll(".", "\\.")} ends on ${at}, in `)),
    ...section,
  ];
  expect(parts(await pass(2))).toEqual([said("ticket")]);
  bot.nowMs += 16 * DAY;
  const later = parts(await pass(2));
  expect(later).toContainEqual(said("worse"));
  bot.nowMs += 23 * DAY;
  expect(parts(await pass(2))).toContainEqual(said("worse"));
  world.model.setLives({});
  expect(parts(await pass(2))).toContainEqual(said("over"));
});

test("the number's quality: told by the webhook that brings it, and over when Meta says that it is good again", async () => {
  const { world, slack, pass } = bot;
  const section = ["alerts", "meta-reports-trouble-with-the-account"];
  const say = async (event: string, limit: string) => {
    const value = { event, display_phone_number: "51900000000", current_limit: limit };
    const changes = [{ field: "phone_number_quality_update", value }];
    const entry = [{ id: "102290129340398", time: Math.floor(bot.nowMs / 1_000), changes }];
    await deliverWebhook(world.webhookUrl, { object: "whatsapp_business_account", entry }, WORLD.appSecret);
    await world.drain();
  };
  await say("FLAGGED", "TIER_1K");
  expect(slack.told).toEqual([expect.stringContaining(`#${section[1]}|Runbook>`)]);
  expect(await pass(2)).toEqual([]);
  bot.nowMs += MINUTE;
  await say("UNFLAGGED", "TIER_1K");
  expect(parts((await pass(2)).filter((text) => text.includes("over: ")))).toEqual([
    ["over: Tambo: the number: flagged (after 3 minutes)", ...section],
  ]);
});

test("guesses that agree less: looked at once a day, told, and over when they agree again", async () => {
  const { world, pass } = bot;
  const ana = world.customer("51914000003");
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  const guess = JSON.stringify({ intent: "order_status", confidence: 0.9, sure: true, version: "one" });
  const guessed = (daysAgo: number, count: number, agreeing: number) => world.sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, language, decided_by, guess, started_at, ended_at)
      select gen_random_uuid(), tenant_id, id, 1, 1, 'answered', case when n <= ${agreeing}::integer then 'order_status' else 'general' end,
             'es', 'model', ${guess}::jsonb, now() - make_interval(days => ${daysAgo}::integer), now()
        from (select * from conversations order by id limit 1) c, generate_series(1, ${count}::integer) n`;
  expect(await pass(2)).toEqual([]);
  await guessed(20, 400, 390);
  await guessed(2, 100, 40);
  // The next look is tomorrow's.
  expect((await pass(3, 60 * MINUTE)).filter((text) => text.includes("classifier"))).toEqual([]);
  bot.nowMs += DAY;
  const section = ["alerts", "local-guesses-are-wrong-more-often"];
  const about = async () => parts((await pass(2)).filter((text) => text.includes("classifier")));
  expect(await about()).toEqual([
    [expect.stringMatching(/^ticket: .*less than before: 40 % after 98 %/), ...section],
  ]);
  await world.sql`delete from turns where guess is not null`;
  bot.nowMs += DAY;
  expect(await about()).toEqual([[expect.stringMatching(/^over: /), ...section]]);
});
