import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { startScheduler } from "../../host/scheduler.ts";
import { type Listening, listen, stopListening } from "../../host/server/listen.ts";
import { gate } from "../support/gate.ts";

let listening: Listening | undefined;
afterEach(async () => {
  if (listening) await stopListening(listening.server);
});

async function cron(answer: (n: number, authorization: string | undefined) => Promise<Response> | Response) {
  let count = 0;
  const app = new Hono();
  app.get("/", (context) => answer(++count, context.req.header("authorization")));
  listening = await listen(app, 0, "127.0.0.1");
  return listening.url;
}

test("calls again and again with the secret, reports failures and goes on", async () => {
  const third = gate();
  const seen: (string | undefined)[] = [];
  const problems: unknown[] = [];
  const url = await cron((n, authorization) => {
    seen.push(authorization);
    if (n === 3) third.open();
    return new Response(null, { status: n === 1 ? 500 : 200 });
  });
  const scheduler = startScheduler({
    url,
    secret: "s",
    everyMs: 1,
    onError: (problem) => problems.push(problem),
  });
  await third.promise;
  await scheduler.stop();
  expect(new Set(seen)).toEqual(new Set(["Bearer s"]));
  expect(problems).toMatchObject([{ code: "http_500" }]);
});

test("never runs twice at once, and a stop ends a run that hangs without calling it a failure", async () => {
  const begun = gate();
  let running = 0;
  let most = 0;
  const problems: unknown[] = [];
  const url = await cron(async (n) => {
    running += 1;
    most = Math.max(most, running);
    if (n === 2) {
      begun.open();
      await new Promise(() => undefined);
    }
    running -= 1;
    return new Response("ok");
  });
  const scheduler = startScheduler({
    url,
    secret: "s",
    everyMs: 1,
    onError: (problem) => problems.push(problem),
  });
  await begun.promise;
  await scheduler.stop();
  expect([most, problems]).toEqual([1, []]);
});
