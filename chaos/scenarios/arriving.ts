import { deepEqual, equal } from "node:assert/strict";
import { webhookBody } from "../../host/meta-webhook.ts";
import { post, textFrom } from "../customer.ts";
import { instantModel } from "../instant-model.ts";
import { untilAnswered } from "../invariants.ts";
import { shuffled } from "../random.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { classifies, once, writes } from "../wire.ts";
import { ACCOUNT } from "../world.ts";

const COPIES = 50;
const BATCH_CUSTOMERS = 300;
const BATCH_MESSAGES = 1_000;

/** Rows 12 and 13: the same message many times, messages in any order, many in one webhook. */
export const arrivingOddly: Scenario[] = [
  {
    row: 12,
    happens: `the same delivery ${COPIES} times at once; again after 8 days (every mark in the cache gone)`,
    holds: "one reply",
    async play({ world, customer, phones }) {
      const ana = customer();
      const message = ana.compose("hola");
      const statuses = await Promise.all(Array.from({ length: COPIES }, () => ana.deliver(message)));
      await ana.answered();
      await untilAnswered(world, phones);
      await world.cache.engine.run(["flushall"]);
      equal(await ana.deliver(message), 200);
      await untilAnswered(world, phones);
      equal(ana.replies().length, 1, "replies");
      return `${statuses.filter((status) => status === 200).length} of ${COPIES} got 200, then 200 again; 1 reply`;
    },
  },
  {
    row: 13,
    happens: `messages 1–5 delivered out of order; a batch of ${BATCH_MESSAGES} from ${BATCH_CUSTOMERS} customers`,
    holds: "order kept per customer by Meta's time; every customer answered",
    async play(scene) {
      await outOfOrder(scene);
      const tookS = await bigBatch(scene);
      return `the model read 1, 2, 3, 4, 5; ${BATCH_CUSTOMERS} of ${BATCH_CUSTOMERS} customers answered in ${tookS.toFixed(1)} s`;
    },
  },
];

async function outOfOrder({ world, customer, random, phones }: Scene): Promise<void> {
  const ana = customer();
  const startMs = Date.now() - 60_000;
  const messages = [1, 2, 3, 4, 5].map((n) => ana.compose(`mensaje ${n}`, startMs + n * 1_000));
  const [first, ...rest] = shuffled(messages, random);
  if (!first) return;
  const others = async () => {
    for (const message of rest) equal(await ana.deliver(message), 200);
  };
  world.model.setFault(once(classifies, { first: others, delayMs: 0 }));
  equal(await ana.deliver(first), 200);
  await ana.answered();
  await untilAnswered(world, phones);
  const asked = world.model.requests
    .filter(writes)
    .at(-1)
    ?.messages.findLast(({ role }) => role === "user");
  deepEqual(asked?.text.match(/mensaje \d/g), [
    "mensaje 1",
    "mensaje 2",
    "mensaje 3",
    "mensaje 4",
    "mensaje 5",
  ]);
}

async function bigBatch({ world, customer, random, acknowledged, phones }: Scene): Promise<number> {
  const customers = Array.from({ length: BATCH_CUSTOMERS }, customer);
  const startedMs = Date.now() - BATCH_MESSAGES * 1_000;
  const messages = Array.from({ length: BATCH_MESSAGES / BATCH_CUSTOMERS + 1 }, () => customers)
    .flat()
    .slice(0, BATCH_MESSAGES)
    .map((one, n) => textFrom(one, `hola ${n}`, startedMs + n * 1_000));
  world.model.setFault(instantModel());
  const fromMs = performance.now();
  const body = webhookBody(ACCOUNT.phoneNumberId, { messages: shuffled(messages, random) });
  equal(await post(world.bot, body), 200);
  for (const { id } of messages) acknowledged.add(id);
  await untilAnswered(world, phones, 120_000);
  const tookS = (performance.now() - fromMs) / 1_000;
  await until("all answered", () => customers.every((one) => one.replies().length > 0));
  return tookS;
}
