import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inOwnProcess } from "../../host/workers/own-process.ts";
import { BOMBS } from "../media/bombs.ts";
import { pdf } from "../media/pdfs.ts";
import { sample } from "../support/seed.ts";

const MB = 1024 * 1024;
const LIMIT_MS = 60_000;

function startEndpoint(name: string) {
  const handler = inOwnProcess(join(import.meta.dirname, `../media/endpoints/${name}.ts`), LIMIT_MS);
  return async (body: string | Buffer = "", signal?: AbortSignal): Promise<Response> => {
    const given = body.length > 0 ? { body: typeof body === "string" ? body : new Uint8Array(body) } : {};
    const request = new Request("http://localhost/", { method: "POST", ...given, ...(signal && { signal }) });
    return handler(request, { waitUntil: () => {} });
  };
}
/** One for all tests: each process takes a second to start. */
const ask = startEndpoint("patient");
const processOf = async (answer: Promise<Response>): Promise<number> => {
  const { process } = (await (await answer).json()) as { process: number };
  return process;
};
const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;

/** Memory of a process in bytes; 0 when it has ended. */
function rssOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

test.each(sample(["buffers", "objects"], 1))(
  "%s without end cost 300 MB at most, and the process",
  async (trick) => {
    const pid = await processOf(ask());
    const idle = rssOf(pid);
    let most = idle;
    const look = setInterval(() => {
      most = Math.max(most, rssOf(pid));
    }, 1);
    expect(await status(ask(trick))).toBe(502);
    clearInterval(look);
    expect(most - idle).toBeLessThan(300 * MB);
    expect(await processOf(ask())).not.toBe(pid);
  },
);

test("a process that ends by itself costs its request alone", async () => {
  expect(await status(ask("exit"))).toBe(502);
  expect(await status(ask())).toBe(200);
});

test("what nobody waits for is ended, at work or before", async () => {
  const pid = await processOf(ask());
  const [gone, alsoGone] = [new AbortController(), new AbortController()];
  const mark = join(mkdtempSync(join(tmpdir(), "chasqui-")), "at-work");
  const answers = [ask(`stick ${mark}`, gone.signal), ask("exit", alsoGone.signal)].map(status);
  await expect.poll(() => existsSync(mark), { timeout: 30_000 }).toBe(true);
  const next = processOf(ask());
  alsoGone.abort();
  gone.abort();
  expect(await Promise.all(answers)).toEqual([504, 504]);
  expect(await next).not.toBe(pid);
  expect(rssOf(pid)).toBe(0);
});

test("eight may wait; one more is told so at once", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => status(ask())));
  expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => 200), 503]);
});

test("one that works without end makes room, begins again behind the others, and ends when its asker leaves", async () => {
  const gone = new AbortController();
  const order: string[] = [];
  const stuck = ask("stick", gone.signal).then(() => order.push("stuck"));
  const others = ["one", "two"].map((name) => ask(name).then(() => order.push(name)));
  await Promise.all(others);
  expect(order).toEqual(["one", "two"]);
  gone.abort();
  await stuck;
});

test("an honest PDF is read beside bombs", async () => {
  const read = startEndpoint("pdf");
  const gone = new AbortController();
  const chosen = sample(Object.values(BOMBS), 1);
  const bombs = chosen.map((bomb) => read(bomb(), gone.signal));
  const honest = await read(pdf({ pages: ["Pedido 4711"] }));
  expect(await honest.text()).toBe("Pedido 4711");
  gone.abort();
  await Promise.all(bombs);
});
