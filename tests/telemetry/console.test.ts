/** What the console's own calls print and send to a collector: nothing of a customer, and nothing that operators write. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Member, signedInAs } from "../console/member.ts";
import { startWorld, type World } from "../support/world.ts";

const PHONE = "51987654329";
const NAME = "Anastasia Quispe";
const WORDS = "zanahoria violeta";

let world: World;
let ana: Member;
const printed: string[] = [];

beforeAll(async () => {
  world = await startWorld({ endpoints: true, otlp: true, env: { LOG_LEVEL: "debug" } });
  ana = await signedInAs(world, "owner", "Rosalinda");
});
afterAll(() => world.close());
beforeEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...line: unknown[]) => {
      printed.push(line.map(String).join(" "));
    });
});
afterEach(() => vi.restoreAllMocks());

test("holds no name, number, word, note, file name or password, whatever fails", async () => {
  const customer = world.customer(PHONE, NAME);
  await customer.send(`quiero hablar con una persona, ${WORDS}`);
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<{ id: string }>`select id from conversations`;
  const at = `/conversations/${row?.id}`;
  const text = { kind: "text", text: `hola ${NAME}, ${WORDS}` };
  const message = () => ({
    id: crypto.randomUUID(),
    message: text,
    quoteWaMessageId: null,
    seenAt: Date.now(),
  });
  const all = async () => {
    const answers = [
      await ana.get(at),
      await ana.post("/search", { words: `${NAME} ${PHONE} ${WORDS}` }),
      await ana.post(`${at}/notes`, { id: crypto.randomUUID(), text: WORDS }),
      await ana.post(`${at}/tags`, { tags: [WORDS] }),
      await ana.post(`${at}/give-back`, { note: WORDS }),
      await ana.upload("/uploads", new TextEncoder().encode(`%PDF-1.7 ${WORDS}`), `${NAME}.pdf`),
      await ana.post(`${at}/messages`, message()),
      await ana.post(`${at}/suggestion`, {}),
    ];
    await Promise.all(answers.map((answer) => answer.text()));
    await world.drain();
    return answers.map(({ status }) => status);
  };
  expect((await all()).filter((status) => status >= 300)).toEqual([]);
  world.neon.setFault((body) => ({ status: 500, body: JSON.stringify({ message: `bad: ${body}` }) }));
  await all();
  world.neon.setFault(null);
  world.graph.setFault(({ body }) => ({
    status: 400,
    body: { error: { code: 100, message: `bad: ${JSON.stringify(body)}` } },
  }));
  await all();
  world.graph.setFault(null);

  const everything = [...printed, ...(world.otlp?.bodies() ?? [])].join("\n");
  expect(everything).toContain("console");
  for (const secret of [
    PHONE,
    PHONE.slice(-8),
    ...NAME.split(" "),
    ...WORDS.split(" "),
    "Rosalinda",
    ana.cookie,
  ]) {
    const found = everything.indexOf(secret);
    expect(found, everything.slice(Math.max(0, found - 300), found + 100)).toBe(-1);
  }
});
