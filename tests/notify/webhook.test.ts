import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { allOf, createNotifyWebhook } from "../../lib/adapters/notify-webhook.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { gate } from "../support/gate.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

const notice = {
  tenantId: "0199aaaa-0000-7000-8000-000000000001",
  conversationId: "0199aaaa-0000-7000-8000-0000deadbeef",
  companyName: "Tambo",
  companyLanguage: "es",
  reason: "customer_request",
  language: "es",
} as const;

let receiver: Receiver;
let release = gate();
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
afterEach(() => {
  release.open();
  release = gate();
  receiver.told.length = 0;
  receiver.answers.length = 0;
});

const lines: string[] = [];
const webhook = () =>
  createNotifyWebhook({
    ...{ url: receiver.url, secret: null, consoleUrl: null, clock: Date, timeoutMs: 200 },
    log: createLog("debug", (line) => lines.push(line)),
  });

test("a receiver that hangs once is told by the second try", async () => {
  receiver.answers.push({ hang: release.promise });
  expect(await webhook().handoff(notice)).toBe(true);
  expect(receiver.told.map(({ body }) => body.type)).toEqual(["handoff_opened", "handoff_opened"]);
});

test("a receiver that only hangs is given up, and Slack is told all the same", async () => {
  receiver.answers.push({ hang: release.promise }, { hang: release.promise });
  expect(await webhook().handoff(notice)).toBe(false);
  expect(receiver.told).toHaveLength(2);
  expect(lines.join()).not.toContain(receiver.url);
  receiver.answers.push({ hang: release.promise }, { hang: release.promise });
  const told: string[] = [];
  const slack = async () => told.push("Slack") > 0;
  const both = allOf([webhook(), { handoff: slack, alert: slack, absence: slack }]);
  const all = both.handoff(notice);
  // Told at once, not behind the other's time limit.
  expect(told).toEqual(["Slack"]);
  expect(await all).toBe(true);
});
