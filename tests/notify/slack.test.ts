import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createNotifier } from "../../lib/adapters/slack.ts";
import { createLog } from "../../lib/telemetry/log.ts";

const notice = {
  tenantId: "0199aaaa-0000-7000-8000-000000000001",
  conversationId: "0199aaaa-0000-7000-8000-0000deadbeef",
  companyName: "Casa <Andina> & Co",
  reason: "customer_request",
  language: "es",
} as const;

type Answer = number | "hang" | "reset";
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => void close()));

/** A Slack of our own that gives these answers in turn. */
async function startSlack(answers: Answer[]) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    const answer = answers.shift() ?? 200;
    if (answer === "reset") request.socket.destroy();
    else if (answer !== "hang") response.writeHead(answer).end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const lines: string[] = [];
  const slackWebhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`;
  const log = createLog("debug", (line) => lines.push(line));
  return { bodies, lines, notifier: createNotifier({ slackWebhookUrl, log, timeoutMs: 200 }) };
}

test("posts one message that names the company, the reason and the conversation", async () => {
  const slack = await startSlack([200]);
  expect(await slack.notifier.handoff(notice)).toBe(true);
  expect(slack.bodies.map((body) => JSON.parse(body))).toEqual([
    {
      text: "*Casa &lt;Andina&gt; &amp; Co*: a customer is waiting for a person (customer request, language es, conversation …deadbeef).",
    },
  ]);
});

test.each<[string, Answer[], boolean, number]>([
  ["tries once more after 429", [429, 200], true, 2],
  ["tries once more after a server error", [503, 200], true, 2],
  ["tries once more after a lost connection", ["reset", 200], true, 2],
  ["tries once more after a hang", ["hang", 200], true, 2],
  ["gives up after the second failure", [500, 500], false, 2],
  ["does not repeat what Slack refuses", [404, 200], false, 1],
])("%s", async (_name, answers, told, requests) => {
  const slack = await startSlack(answers);
  expect(await slack.notifier.handoff(notice)).toBe(told);
  expect(slack.bodies).toHaveLength(requests);
  expect(slack.lines.join()).not.toContain("secret");
});

test("keeps numbers and addresses out of the channel", async () => {
  const slack = await startSlack([200]);
  await slack.notifier.handoff({ ...notice, reason: "call 51987654321 or ana@example.com" });
  expect(slack.bodies[0]).not.toMatch(/51987654321|ana@/);
});

test("says nothing of a silent handoff, which counts as told", async () => {
  const slack = await startSlack([]);
  expect(await slack.notifier.handoff({ ...notice, silent: true })).toBe(true);
  expect(slack.bodies).toEqual([]);
});

test("tells nobody when no channel is configured", async () => {
  const notifier = createNotifier({ slackWebhookUrl: null, log: createLog("error") });
  expect(await notifier.handoff(notice)).toBe(false);
});
