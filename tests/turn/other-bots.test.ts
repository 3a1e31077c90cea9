/** Two bots, changes while an answer is written, and hours: kinds M21 and S18 of the field. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isLoop, isQuiet, MAX_TYPED_AT_ONCE, repeatWith } from "../../lib/turn/answer/repeat.ts";
import type { StoredMessage } from "../../lib/types/conversation.ts";
import type { Repeat } from "../../lib/types/turn-store.ts";
import type { Customer } from "../support/customer.ts";
import { gate } from "../support/gate.ts";
import { sample } from "../support/seed.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, type World } from "../support/world.ts";

const FERRE = "Gracias por comunicarte con FerreMax. En breve te atenderemos.";

let world: World;
let slack: Slack;
let people = 0;
beforeAll(async () => {
  slack = await startSlack();
  world = await startWorld({
    env: { SLACK_WEBHOOK_URL: slack.url, INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" },
  });
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(() => {
  slack.told.length = 0;
  world.model.setFault(null);
});

const newcomer = () => world.customer(`5191300${1000 + people++}`);
const said = (customer: Customer) => customer.replies().map(({ text }) => text ?? "");

/** Another bot, which answers each of our messages before our own turn is over. */
async function answering(customer: Customer, answer: (round: number) => string): Promise<void> {
  let round = 0;
  const write = async (text: string) => {
    // Meta's times are whole seconds, in which ten rounds of a test would fit.
    // The conversation first, as a turn locks it.
    await world.sql`
      with locked as materialized (
        select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone} for update of c)
      update messages m set sent_at = m.sent_at - interval '2 seconds' from locked where m.conversation_id = locked.id`;
    await customer.send(text);
  };
  const deliveries: Promise<unknown>[] = [];
  const stop = world.graph.subscribe(() => {
    if (customer.replies().length === round || round > 60) return;
    round += 1;
    deliveries.push(write(answer(round)));
  });
  await write(answer(0));
  for (let before = -1; before < round; ) {
    before = round;
    await Promise.all(deliveries);
    await world.drain();
  }
  stop();
}

/** Words of its own each round. */
const other = (round: number) =>
  Array.from({ length: 6 }, (_, at) =>
    (round * 6 + at + 500).toString(2).replaceAll("0", "ma").replaceAll("1", "to"),
  ).join(" ");

const BOTS: [string, (round: number) => string, number][] = [
  ["says the same each time", () => FERRE, 4],
  ["says two texts by turns", (round) => (round % 2 ? FERRE : "Nuestro horario es de lunes a viernes."), 5],
  [
    "tells another number each time",
    (round) => `Su solicitud ${4_100 + round} fue recibida a las 10:${10 + round}. ${FERRE}`,
    6,
  ],
  ["says something else each time", other, MAX_TYPED_AT_ONCE + 2],
];

test.each(sample(BOTS, 2))(
  "another bot that %s gets a few replies; a person is told once, and it is silence then",
  async (_name, answer, most) => {
    let replies = 0;
    world.model.setFault(({ kind }) =>
      kind === "classify" ? null : { content: `Claro, tenemos ${++replies} modelos. ¿Cuál prefieres?` },
    );
    const customer = newcomer();
    await answering(customer, answer);
    expect(said(customer).length).toBe(most);
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/a customer is waiting for a person \(repeating/);
    await customer.send(answer(most));
    await world.drain();
    expect(said(customer).length).toBe(most);
    // Somebody at the other shop reads it.
    await world.sql`update messages set sent_at = sent_at - interval '1 minute', created_at = created_at - interval '1 minute'`;
    await customer.send("Disculpe, ¿venden ponchos por mayor?");
    await world.drain();
    expect(said(customer)).toHaveLength(most + 1);
    expect(said(customer).at(-1)).toMatch(/^Claro/);
    expect(slack.told).toHaveLength(1);
  },
);

const HELLOS = ["hola?", "hola? hay alguien", "¿¿hola??"];

test("somebody who asks three times whether anybody is there is answered", async () => {
  const customer = newcomer();
  for (const hello of [...HELLOS, "hola?"]) {
    await customer.send(hello);
    await world.drain();
  }
  expect(said(customer)).toHaveLength(4);
  expect(slack.told).toEqual([]);
});

describe("by the clock", () => {
  const message = (direction: "in" | "out", text: string, timestampMs: number): StoredMessage => ({
    ...{ id: crypto.randomUUID(), direction, waMessageId: null, type: "text", text, content: null },
    ...{ about: null, reading: null, quoted: null, opt: null, timestampMs },
  });

  /** Rounds that are answered before the one that is too many. */
  function answered(texts: readonly string[], pauseMs: number): number {
    let history: StoredMessage[] = [];
    let repeat: Repeat | null = null;
    let timestampMs = 1_800_000_000_000;
    for (const [at, text] of texts.entries()) {
      timestampMs += pauseMs;
      const claim = {
        pending: [message("in", text, Math.floor(timestampMs / 1_000) * 1_000)],
        history,
        repeat,
        attempts: 0,
      };
      const round = repeatWith(claim);
      if (round && isLoop(claim, round)) return at;
      expect(isQuiet(claim, round)).toBe(false);
      repeat = round;
      timestampMs += 2_500;
      history = [
        ...history,
        ...claim.pending,
        message("out", `Respuesta ${at}, con mucho gusto.`, timestampMs),
      ].slice(-10);
    }
    return texts.length;
  }

  const times = (count: number, made: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => made(at));

  test.each<[string, string[], number, number]>([
    [
      "in English",
      times(20, () => "Thanks for contacting Acme Tools! We will reply as soon as we can."),
      2_000,
      3,
    ],
    [
      "in Portuguese",
      times(20, () => "Obrigado pelo contato com a Loja Sol. Em breve responderemos."),
      2_000,
      3,
    ],
    ["the same within two seconds", times(20, () => FERRE), 2_000, 3],
    ["the same after half a minute", times(20, () => FERRE), 30_000, 5],
    ["another number each time", times(20, (at) => `Turno ${at}: ${FERRE}`), 2_000, 5],
    ["other words, far sooner than typed", times(40, other), 1_000, MAX_TYPED_AT_ONCE + 1],
    // People.
    [
      "a story in many lines, quickly typed",
      times(40, (at) => `y luego me dijeron la parte ${at}`),
      5_000,
      40,
    ],
    [
      "the same kind of question",
      times(20, (at) => `¿Cuándo llega mi pedido ${at}, el de la tienda de Lima?`),
      2_000,
      20,
    ],
    ["short answers", times(9, (at) => ["sí", "no", "ok", "la M", "2"][at % 5] ?? ""), 1_500, 9],
    ["other words, minutes apart", times(40, other), 60_000, 40],
  ])("%s", (_name, texts, pauseMs, most) => {
    expect(answered(texts, pauseMs)).toBe(most);
  });
});

describe("what is changed while the answer is written", () => {
  /** Sends a text and holds the answer's model call until `change` was delivered; returns what the model read last. */
  async function changing(customer: Customer, text: string, change: (id: string) => Promise<unknown>) {
    const asked = gate();
    const changed = gate();
    world.model.setFault(({ kind }, n) => {
      if (kind === "classify") return null;
      asked.open();
      return n <= 2 ? { first: () => changed.promise, delayMs: 0 } : null;
    });
    world.model.requests.length = 0;
    const { waMessageId } = await customer.send(text);
    await asked.promise;
    await change(waMessageId);
    changed.open();
    await world.drain();
    return world.model.requests.at(-1)?.messages.map(({ text: words }) => words) ?? [];
  }

  const edit = (customer: Customer, id: string, body: string) =>
    customer.send("", {
      type: "edit",
      edit: { original_message_id: id, message: { type: "text", text: { body } } },
    });
  const revoke = (customer: Customer, id: string) =>
    customer.send("", { type: "revoke", revoke: { original_message_id: id } });

  test.each([
    ["¿Cuánto cuesta el envío a Lima?", "¿Cuánto cuesta el envío a Brasil?"],
    ["quiero dos ponchos", "quiero tres ponchos"],
    ["do you ship to Chile", "do you ship to Peru"],
  ])("an edit of %j is answered alone", async (before, after) => {
    const customer = newcomer();
    const read = await changing(customer, before, (id) => edit(customer, id, after));
    expect(read).toContain(after);
    expect(read).not.toContain(before);
    expect(customer.replies()).toHaveLength(1);
  });

  test("a message that was deleted is not answered", async () => {
    const customer = newcomer();
    await changing(customer, "¿Cuánto cuesta el poncho?", (id) => revoke(customer, id));
    expect(customer.replies()).toHaveLength(0);
    const [left] = await world.sql<{ unread: string }>`
      select count(*) as unread from conversations where received_seq > answered_seq`;
    expect(Number(left?.unread)).toBe(0);
    await customer.send("¿tienen café?");
    await world.drain();
    expect(customer.replies()).toHaveLength(1);
  });

  test("of two messages the one that was deleted", async () => {
    const customer = newcomer();
    const read = await changing(customer, "¿Cuánto cuesta el poncho?", async (id) => {
      await customer.send("¿tienen café molido?");
      await revoke(customer, id);
    });
    expect(read).toContain("¿tienen café molido?");
    expect(read).not.toContain("¿Cuánto cuesta el poncho?");
    expect(customer.replies()).toHaveLength(1);
  });

  test("a message that is edited again and again is answered at last, in its last words", async () => {
    const customer = newcomer();
    world.model.requests.length = 0;
    let edits = 0;
    let id = "";
    world.model.setFault(({ kind }) =>
      kind === "classify" || edits >= 4
        ? null
        : { first: async () => edit(customer, id, `quiero ${++edits} ponchos`), delayMs: 0 },
    );
    id = (await customer.send("quiero ponchos", { id: "wamid.again" })).waMessageId;
    await world.drain();
    expect(world.model.requests.at(-1)?.messages.map(({ text }) => text)).toContain("quiero 4 ponchos");
    expect(customer.replies().length).toBeLessThanOrEqual(3);
  });
});

test.each([
  ["lunes a domingo de 00:00 a 24:00", /open now, always/],
  ["every day 24 hours", /open now, always/],
  ["casi siempre, salvo feriados", /Local time of the company: \w+ \S+ \d\d:\d\d(\n|$)/],
])("the model is told whether the company is open: %s", async (hours, line) => {
  await world.sql`update tenants set profile = profile - 'openingHours' || jsonb_build_object('hours', ${hours}::text)`;
  await newcomer().send("¿están abiertos ahora?");
  await world.drain();
  expect(world.model.requests.findLast(({ kind }) => kind !== "classify")?.messages[0]?.text).toMatch(line);
});
