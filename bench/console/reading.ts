import { grid, percentile, round } from "../table.ts";
import { fill, type Size } from "./data.ts";
import { viewingTable } from "./viewing.ts";
import type { ConsoleWorld } from "./world.ts";

/** The data on which the page's own promises stand. */
const PROMISED = 10_000;
const SIZES: readonly Size[] = [
  { conversations: 1_000, messagesEach: 100 },
  { conversations: 10_000, messagesEach: 100 },
  { conversations: 100_000, messagesEach: 10 },
];
const ROUNDS = 30;

/**
 * Lists, threads and searches at growing sizes: milliseconds at the console's address, and how many times a `select 1` that is. With the
 * data of which the page promises something, the page in a browser.
 */
export async function readingTables(world: ConsoleWorld, most = 100_000): Promise<string> {
  const lines: string[][] = [];
  let shown = "";
  for (const size of SIZES.filter(({ conversations }) => conversations <= most)) {
    await fill(world.client, world.tenantId, size);
    if (size.conversations === PROMISED) shown = `\n\n${await viewingTable(world)}`;
    lines.push(...(await readingRows(world, size)));
  }
  return grid([["conversations", "messages", "what", "p50 ms", "p95 ms", "`select 1`"], ...lines]) + shown;
}

/** A line of the table for each thing that is asked of data of this size. */
async function readingRows(world: ConsoleWorld, { conversations, messagesEach }: Size): Promise<string[][]> {
  const data = [conversations, conversations * messagesEach].map((count) => count.toLocaleString("en"));
  const floor = percentile(await times(() => world.database.sql`select 1`), 0.5);
  const lines: string[][] = [];
  for (const [what, ask] of await asks(world, { conversations, messagesEach })) {
    const taken = await times(ask);
    const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
    lines.push([...data, what, round(p50), round(p95), `${round(p50 / floor)}×`]);
  }
  return lines;
}

type Ask = [what: string, ask: (round: number) => Promise<unknown>];

async function asks({ client, database, get, post }: ConsoleWorld, size: Size): Promise<Ask[]> {
  const read = async (answer: Promise<Response>) => {
    const response = await answer;
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  };
  const search = (words: string) => read(post("/search", { words }));
  const { rows: texts } = await client.query<{ text: string }>(
    "select text from bench_texts order by id limit 100",
  );
  const words = (round: number) => (texts[round]?.text ?? "").split(" ");
  const { rows: ids } = await client.query<{ id: string }>(
    "select id from conversations order by md5(id::text) limit 100",
  );
  const { next } = (await read(get("/conversations?list=all"))) as { next: string };
  const last = size.conversations * size.messagesEach;
  return [
    ["`select 1` by the same road", () => database.sql`select 1`],
    ["list, first page", () => read(get("/conversations?list=all"))],
    ["list, next page", () => read(get(`/conversations?list=all&after=${next}`))],
    ["counts", () => read(get("/counts"))],
    ["open a conversation", (round) => read(get(`/conversations/${ids[round]?.id}`))],
    ["search: name", (round) => search(words(round).slice(1, 3).join(" "))],
    ["search: part of a number", (round) => search(String(900_000_000 + 37 * round).slice(2))],
    ["search: order number", (round) => search(`ch-${last - 97 * round}`)],
    ["search: word of every message", () => search("pedido")],
    ["search: frequent words", (round) => search(words(round).slice(-2).join(" "))],
    ["search: four words", (round) => search(words(round).slice(3, 7).join(" "))],
    ["search: three letters", (round) => search((words(round)[5] ?? "").slice(0, 3))],
    ["search: nothing there", () => search("pedido inexistente")],
  ];
}

async function times(ask: (round: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  await ask(0);
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await ask(round);
    taken.push(performance.now() - start);
  }
  return taken;
}
