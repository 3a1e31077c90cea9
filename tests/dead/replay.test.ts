import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import { runHere, runToEnd } from "../support/program.ts";
import { sample } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld({ endpoints: true, env: { STATUS_WAIT_MS: "200" } });
});
afterAll(() => world.close());
beforeEach(() => world.graph.setFault(null));

const newcomer = () => world.customer(`5194000${1000 + people++}`);
const isText = ({ body }: GraphRequest) => (body as { type?: string }).type === "text";

/** `npm run dead` on the world's database. */
async function dead(...args: string[]) {
  const ran = await runHere("scripts/dead.ts", args, { POSTGRES_URL: world.serverUrl ?? "" });
  return { code: ran.code, out: ran.stdout, error: ran.stderr };
}

async function refuseOnce(text: string) {
  const ana = newcomer();
  const undeliverable = { status: 400, body: { error: { code: 131026, message: "Message undeliverable" } } };
  world.graph.setFault((request) => (isText(request) ? undeliverable : null));
  await ana.send(text);
  await world.drain();
  world.graph.setFault(null);
  expect(ana.replies()).toEqual([]);
  return ana;
}

/** Conversations that resume would find some seconds later. */
const resumeLater = async () => {
  await world.sql`update conversations set unread_since = unread_since - interval '1 minute' where unread_since is not null`;
  await world.resume();
  await world.drain();
};

test("a refused reply is listed, shown, replayed, and then answered once", async () => {
  const ana = await refuseOnce("¿Cuánto cuesta el envío?");
  const listed = await dead("list", "--json");
  const [{ id = "" } = {}, ...others] = JSON.parse(listed.out) as { id: string }[];
  expect(others).toEqual([]);
  expect(listed.out).not.toContain("envío");

  const shown = await dead("show", id);
  expect(shown.code).toBe(0);
  expect(shown.out).toContain("asked: ¿Cuánto cuesta el envío?");
  expect(shown.out).toContain("send:graph_131026: the customer cannot be reached on WhatsApp");

  expect(await dead("replay", id, "--json")).toMatchObject({ code: 0, error: "" });
  await resumeLater();
  expect(ana.replies()).toHaveLength(1);
  expect(ana.replies()[0]?.text).toContain("S/ 10");
  await resumeLater();
  expect(ana.replies()).toHaveLength(1);

  const again = await dead("replay", id);
  expect(again.code).toBe(1);
  expect(again.out).toContain("No dead letter has this id");
  expect((await dead()).out).toBe("There are no dead letters.\n");
});

test("a message that fails whatever is tried is dead with its codes, its customer is told, and the next is answered", async () => {
  const ana = newcomer();
  // The draft can never be stored, except the apology of the try that gives up.
  world.neon.setFault((body) =>
    body.includes("draft_reply") && !body.includes("apology") ? { reset: true } : null,
  );
  await ana.send("hola");
  await world.drain();
  for (let attempt = 0; attempt < 6; attempt++) {
    await world.sql`update conversations set retry_at = clock_timestamp() where retry_at is not null`;
    await world.resume();
    await world.drain();
  }
  world.neon.setFault(null);
  expect(ana.replies()).toHaveLength(1);
  const { out } = await dead("list", "--json");
  expect(JSON.parse(out)).toMatchObject([
    { reason: "failed_repeatedly", codes: ["turn:unreachable"], attempts: 6, messages: 1, partsSent: 1 },
  ]);
  await ana.send("¿hola?");
  await ana.waitForReply(2);
});

test("stats count it, and health says that nobody is left waiting", async () => {
  const { out, code } = await dead("stats");
  expect(code).toBe(0);
  expect(out).toMatch(/^stranded now: 0 /);
  expect(out).toMatch(/^dead {12} +[1-9]\d* +[1-9]\d* +[1-9]\d* {2}turns given up$/m);
  const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
  const health = () => fetch(`${world.url}/api/health`, { headers }).then((response) => response.json());
  expect(await health()).toMatchObject({ stranded: 0 });
  await world.sql`update conversations set received_seq = received_seq + 1, unread_since = now() - interval '3 minutes'
    where id = (select id from conversations limit 1)`;
  expect(await health()).toMatchObject({ stranded: 1 });
});

const REFUSED: readonly [args: string[], code: number, words: string][] = [
  [["show"], 2, "npm run dead -- list"],
  [["show", "1; drop table turns"], 2, "npm run dead -- list"],
  [["explode"], 2, "npm run dead -- list"],
  [["show", "00000000-0000-4000-8000-000000000000"], 1, "No dead letter has this id"],
];

test.each(sample(REFUSED, 1))(
  "npm run dead -- %j ends with %i and says what to do",
  async (args, code, words) => {
    const ended = await dead(...args);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.error).toContain(words);
  },
);

test("without a database the command names the variable", async () => {
  const { code, stderr } = await runToEnd("scripts/dead.ts", ["list"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^POSTGRES_URL is not set/);
});
