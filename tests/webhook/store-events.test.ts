import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase } from "../../db/client.ts";
import type { ReceiveBatch } from "../../lib/types/inbox-store.ts";
import { storeEvents } from "../../lib/webhook/store-events.ts";
import { inbound, inShort, OUR_NUMBER, status } from "../store/support.ts";
import { startStores, type TestStores } from "../support/stores.ts";

let stores: TestStores;
let db: ReturnType<typeof inShort>;
const logged: unknown[] = [];
const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (...line: unknown[]) => logged.push(line),
};

beforeAll(async () => {
  stores = await startStores();
  db = inShort(createDatabase(stores.databaseUrl));
});
afterAll(() => stores.close());
beforeEach(() => {
  logged.length = 0;
});

const messageOf = (text: string) =>
  ({
    ...inbound({ text }),
    admission: "new",
    retryAfterS: null,
    startsTurn: true,
    opt: null,
    optUnlessAnswer: null,
    asks: false,
  }) as const;
const batchOf = (batch: Partial<ReceiveBatch>): ReceiveBatch => ({
  phoneNumberIds: [OUR_NUMBER],
  throughputs: {},
  messages: [],
  statuses: [],
  operatorEchoes: [],
  identityChanges: [],
  preferences: [],
  calls: [],
  handovers: [],
  accountEvents: [],
  humanPauseS: 1,
  rateLimit: { max: 20, windowS: 60 },
  claim: null,
  ...batch,
});
const stored = () =>
  db.sql<{
    text: string | null;
    type: string;
  }>`select text, type from messages where direction = 'in' order by sent_at`;

test("what the store refuses costs nothing beside it, and a message at least says that it came", async () => {
  const batch = batchOf({
    messages: [messageOf("one"), messageOf("NUL \0 in it"), messageOf("three")],
    statuses: [{ ...status({ metaCodes: [1], pricing: { a: "\ud800" } }), effect: null }],
  });
  const received = await storeEvents({ inbox: db.store, log }, batch);
  expect(received).toMatchObject({ stored: 3, startedTurn: null });
  expect(await stored()).toEqual([
    { text: "one", type: "text" },
    { text: null, type: "unsupported" },
    { text: "three", type: "text" },
  ]);
  expect(logged).toMatchObject([
    ["webhook.item_refused", { list: "messages" }],
    ["webhook.item_refused", { list: "statuses" }],
  ]);
  expect(JSON.stringify(logged)).not.toContain("NUL");
});

test("a store that is not there is no reason to try item by item", async () => {
  const asked: unknown[] = [];
  const inbox = {
    ...db.store,
    receive: (batch: ReceiveBatch) => {
      asked.push(batch);
      return Promise.reject(Object.assign(new Error("gone"), { code: "unreachable" }));
    },
  };
  const batch = batchOf({ messages: [messageOf("one"), messageOf("two")] });
  await expect(storeEvents({ inbox, log }, batch)).rejects.toThrow("gone");
  expect(asked).toHaveLength(1);
});
