import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;
/** Lines that the bot logged. */
const lines: string[] = [];
beforeAll(async () => {
  // Before the bot is composed, which takes it then.
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  world = await startWorld({ endpoints: true, env: { STATUS_WAIT_MS: "300" } });
});
afterAll(() => {
  vi.restoreAllMocks();
  return world.close();
});
beforeEach(async () => {
  await world.drain();
  world.graph.setStatuses("auto");
  world.graph.setFault(null);
  world.model.setFault(null);
});

const newcomer = () => world.customer(`5199500${1000 + people++}`);
/** Long enough for two messages. */
const LONG = Array.from({ length: 200 }, (_, at) => `Talla ${at}: quedan ${at} ponchos`).join("\n");
/** The whole of it at once: the offline model would stop at what it may say. */
const says = (content: string) => {
  const garbage = JSON.stringify({
    id: "1",
    object: "chat.completion",
    created: 1,
    model: "gpt-4o",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
  world.model.setFault(({ kind }) => (kind === "classify" ? null : { garbage }));
};
const isText = ({ body }: GraphRequest) => (body as { type?: string }).type === "text";
const states = async (phone: string) =>
  (
    await world.sql<{ state: string }>`
      select m.state from messages m join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
        where u.phone = ${phone} and m.direction = 'out' order by m.sent_at`
  ).map(({ state }) => state);
const turnOf = (phone: string) =>
  world.sql<{ state: string; open: boolean }>`
    select t.state, c.received_seq > c.answered_seq as open from turns t join conversations c on c.id = t.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone}`;

const takeOver = (phone: string) => async () => {
  await world.sql`
    select take_over(c.id, 'agent', '') from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
};

test("a person who takes over between two messages of a reply is not talked over by the second", async () => {
  const ana = newcomer();
  says(LONG);
  world.graph.setFault((request) =>
    isText(request) ? { delayMs: 0, first: takeOver(ana.phone), afterAccepting: true } : null,
  );
  await ana.send("quiero un poncho");
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(await states(ana.phone)).toEqual(["read", "withheld"]);
  expect(await turnOf(ana.phone)).toEqual([{ state: "answered", open: false }]);
});

test("a reply that waits for Meta's pace is looked at once more before it goes", async () => {
  const ana = newcomer();
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  // So much was sent to her that the next message has to wait a second.
  await world.sql`
    update conversations c set pair_free_at = clock_timestamp() + interval '265 seconds'
      from customers u where u.id = c.customer_id and u.phone = ${ana.phone}`;
  world.neon.setFault((body) =>
    body.includes("check_before_send(") ? { delayMs: 0, first: takeOver(ana.phone) } : null,
  );
  await ana.send("gracias");
  await world.drain();
  world.neon.setFault(null);
  expect(ana.replies()).toHaveLength(1);
  expect(await states(ana.phone)).toEqual(["read", "withheld"]);
  expect(await turnOf(ana.phone)).toContainEqual({ state: "withheld", open: false });
});

test("an answer to the second send that says nothing is a reply for later, not a reply said", async () => {
  const ana = newcomer();
  world.graph.setStatuses("none");
  world.graph.setFault((request) => (isText(request) ? { reset: true } : null));
  let lost = 0;
  world.neon.setFault((body) =>
    body.includes("begin_resend(") && lost++ === 0 ? { reset: true, afterAccepting: true } : null,
  );
  await ana.send("hola");
  await world.drain();
  world.graph.setFault(null);
  world.graph.setStatuses("auto");
  await world.sql`update conversations set retry_at = clock_timestamp() where retry_at is not null`;
  await world.resume();
  await world.drain();
  world.neon.setFault(null);
  expect(ana.replies()).toHaveLength(1);
  expect(await states(ana.phone)).toEqual(["read"]);
});

test("a turn that broke off says in the log what the database said, not that nothing was sent", async () => {
  const ana = newcomer();
  lines.length = 0;
  let lost = 0;
  world.neon.setFault((body) =>
    body.includes("draft_reply(") && lost++ === 0 ? { status: 500, afterAccepting: true } : null,
  );
  await ana.send("hola");
  await world.drain();
  world.neon.setFault(null);
  const failed = lines.filter((line) => line.includes("turn.failed"));
  expect(failed).toHaveLength(1);
  expect(JSON.parse(failed[0] ?? "{}")).toMatchObject({ event: "turn.failed", code: "unreachable" });
});
