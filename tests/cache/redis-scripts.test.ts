import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { CacheEngine } from "../../host/stores/cache-engine.ts";
import { createRedisScripts, type RedisScripts } from "../../host/stores/redis-scripts.ts";
import { createAdmissionCache } from "../../lib/cache/admission.ts";
import { type RespEndpoint, startRespEndpoint } from "../support/resp-endpoint.ts";
import { startCacheEngine } from "../support/stores.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

let engine: CacheEngine;
let redis: RespEndpoint;
let wire: TcpProxy;
let scripts: RedisScripts;
let warnings: unknown[] = [];
let nowMs = 0;
beforeAll(async () => {
  engine = await startCacheEngine();
  redis = await startRespEndpoint(engine);
  wire = await startTcpProxy(redis.port);
  scripts = createRedisScripts(`redis://127.0.0.1:${wire.port}`);
  await scripts.opened;
});
afterEach(async () => {
  await wire.mend();
  await again();
  warnings = [];
  nowMs = 0;
});
afterAll(async () => {
  scripts.close();
  await wire.close();
  await redis.close();
  await engine.close();
});

const PATIENT_MS = 5_000;
const echo = (timeoutMs = PATIENT_MS) => scripts.run("return KEYS[1] .. ARGV[1]", ["a"], ["ñ"], timeoutMs);
const again = () => expect.poll(() => echo().catch(() => null), { timeout: 10_000 }).toBe("añ");

describe("scripts over a socket", () => {
  test("are sent once, then named by their hash, and sent again to a server that forgot them", async () => {
    redis.commands.length = 0;
    for (let time = 0; time < 3; time++) expect(await echo()).toBe("añ");
    redis.forgetScripts();
    expect(await echo()).toBe("añ");
    const once = ["EVALSHA", "EVAL"];
    expect(redis.commands).toEqual([...once, "EVALSHA", "EVALSHA", ...once]);
  });

  test("say what was wrong with them", async () => {
    await expect(scripts.run("return redis.call('NONSENSE')", ["a"], [], PATIENT_MS)).rejects.toThrow();
  });

  test("admit as over REST: by one command a batch, and one to mark it", async () => {
    const cache = admission(PATIENT_MS);
    const [first, second, third] = ids(3);
    redis.commands.length = 0;
    expect(await verdicts(cache, [first, second, third])).toEqual(["new", "new", "limited"]);
    await cache.markStored([first ?? ""]);
    expect(await verdicts(cache, [first, second])).toEqual(["duplicate", "new"]);
    expect(redis.commands.filter((name) => name === "EVALSHA")).toHaveLength(3);
    expect(warnings).toEqual([]);
  });
});

describe("a Redis that fails", () => {
  test("that hangs costs the time that a message may wait, and nothing while it is left alone", async () => {
    const cache = admission(1_000); // Also the time that a fresh connection may take on a busy machine.
    wire.silence();
    expect(await verdicts(cache, ids(1))).toEqual(["unknown"]);
    expect(warnings).toEqual([{ error: "timeout" }]);
    redis.commands.length = 0;
    expect(await verdicts(cache, ids(1))).toEqual(["unknown"]);
    expect(redis.commands).toEqual([]);
    await wire.mend();
    nowMs = 2_000;
    await again();
    expect(await verdicts(cache, ids(1))).toEqual(["new"]);
  });

  test("that is dead fails each call at once, and is used again when it is back", async () => {
    await wire.cut();
    // Longer than any test: nothing may wait for a connection.
    await expect(echo(600_000)).rejects.toThrow();
    await expect(echo(600_000)).rejects.toThrow();
  });

  test("that is cut off while it works fails the call, and nothing is sent twice", async () => {
    const counter = randomUUID();
    const slow = scripts.run("return redis.call('INCR', KEYS[1])", [counter], [], 600_000);
    await Promise.all([expect(slow).rejects.toThrow(), wire.cut()]);
    await wire.mend();
    await again();
    expect(Number(await engine.run(["get", counter]))).toBeLessThanOrEqual(1);
  });

  test("that is not there at the start holds nobody up, and is used once it is there", async () => {
    await wire.cut();
    const late = createRedisScripts(`redis://127.0.0.1:${wire.port}`);
    await late.opened;
    await expect(late.ping(PATIENT_MS)).rejects.toThrow();
    await wire.mend();
    await expect
      .poll(
        () =>
          late.ping(PATIENT_MS).then(
            () => "there",
            () => "away",
          ),
        { timeout: 10_000 },
      )
      .toBe("there");
    late.close();
  });
});

const ids = (count: number) => Array.from({ length: count }, () => `wamid.${randomUUID()}`);
const ana = `1055:${randomUUID()}`;

function admission(timeoutMs: number) {
  return createAdmissionCache({
    ...{ url: "http://127.0.0.1:1", token: randomUUID(), scripts, timeoutMs },
    rateLimit: { max: 2, windowS: 60 },
    log: { warn: (_, fields) => warnings.push(fields) },
    now: () => nowMs,
  });
}

const verdicts = async (cache: ReturnType<typeof admission>, waMessageIds: (string | undefined)[]) =>
  (await cache.admit(waMessageIds.map((id) => ({ messageKey: id ?? "", customerKey: ana })))).map(
    ({ verdict }) => verdict,
  );
