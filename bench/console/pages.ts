import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "../../db/client.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { createTeardown, type Teardown } from "../../host/machine/lifecycle.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { routesOf } from "../../host/server/routes.ts";
import { serve } from "../../host/server/server.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { newToken, sha256Hex } from "../../lib/console/http/token.ts";
import { type Bot, oneTurn, startBench } from "../road.ts";
import type { Row } from "../table.ts";

const PAGES = 200;
const OPERATORS = 20;
const PHASE_MS = 20_000;
/** Customers' messages a second while it is busy. */
const MESSAGES_PER_S = 3;

/** What open pages cost: statements and bytes a minute, while nothing happens, while customers write, and hidden. */
export async function openPages(): Promise<Row[]> {
  const teardown = createTeardown();
  try {
    const bot = await startBench(teardown);
    const { neon, url } = await startConsole(bot, teardown);
    for (let turn = 0; turn < OPERATORS; turn += 1) await oneTurn(bot);
    const company = await addOperators(bot);
    const measure = async (what: string, count: number, options: { quiet?: boolean; busy?: boolean }) => {
      const pages = await Promise.all(
        Array.from({ length: count }, (_, at) => openPage(url, company, at, options.quiet)),
      );
      await sleep(options.quiet ? 7_000 : 3_000);
      const before = { statements: neon.requests.statements, bytes: bytesOf(pages) };
      if (options.busy) await write(bot);
      else await sleep(PHASE_MS);
      const minutes = PHASE_MS / 60_000;
      const rows = [
        row(`statements a minute, ${what}`, (neon.requests.statements - before.statements) / minutes, ""),
        row(`bytes a page and minute, ${what}`, (bytesOf(pages) - before.bytes) / count / minutes, "B"),
      ];
      for (const { response } of pages) response.destroy();
      await sleep(500);
      return rows;
    };
    gc();
    const empty = process.memoryUsage().heapUsed;
    const one = await measure("1 page, idle", 1, {});
    const idle = await measure(`${PAGES} pages, idle`, PAGES, {});
    const busy = await measure(`${PAGES} pages, ${MESSAGES_PER_S} messages a second`, PAGES, { busy: true });
    const hidden = await measure(`${PAGES} pages, hidden`, PAGES, { quiet: true });
    const pages = await Promise.all(Array.from({ length: PAGES }, (_, at) => openPage(url, company, at)));
    await sleep(3_000);
    gc();
    const memory = (process.memoryUsage().heapUsed - empty) / PAGES / 1_024;
    for (const { response } of pages) response.destroy();
    return [
      ...one,
      ...idle,
      ...busy,
      ...hidden,
      row("heap a page, with this benchmark's own client", memory, "KB"),
    ];
  } finally {
    await teardown.run();
  }
}

/** The console in a server of its own, before an endpoint that counts what it alone asks. */
async function startConsole({ engine, environment }: Bot, teardown: Teardown) {
  const neon = await teardown.open(startNeonEndpoint({ engine, password: "console" }));
  const platform = hostPlatform(() => ({ ...environment, POSTGRES_URL: neon.url }));
  const routes = [...routesOf(join(PROJECT_DIRECTORY, "api"), platform)].filter(([path]) =>
    path.startsWith("/api/console"),
  );
  const where = { port: 0, host: "127.0.0.1", projectDirectory: PROJECT_DIRECTORY };
  const server = await serve({ ...where, routes: new Map(routes), onError: console.error });
  teardown.add(server.close);
  return { neon, url: server.url };
}

const gc = (): void => globalThis.gc?.();
const row = (what: string, value: number, unit: string): Row => ({ what, value, unit, limit: null });

interface Company {
  tenantId: string;
  cookies: string[];
  conversations: string[];
}

/** Operators who are signed in, and the conversations that they look at. */
async function addOperators({ neon: { url } }: Bot): Promise<Company> {
  const { sql } = createDatabase(url);
  const [tenant] = await sql<{ id: string }>`select id from tenants`;
  const tenantId = tenant?.id ?? "";
  const cookies: string[] = [];
  for (let at = 0; at < OPERATORS; at += 1) {
    const token = newToken();
    cookies.push(`__Host-chasqui_session=${token}`);
    await sql`
      with operator as (insert into operators (email, name) values (${`o${at}@example.com`}, ${`Operator ${at}`}) returning id),
        membership as (insert into memberships (tenant_id, operator_id, role) select ${tenantId}::uuid, id, 'agent' from operator)
      insert into sessions (token_hash, operator_id, device, idle_ends_at, ends_at)
        select decode(${await sha256Hex(token)}, 'hex'), id, 'bench', now() + interval '1 day', now() + interval '1 day' from operator`;
  }
  const conversations = await sql<{ id: string }>`select id from conversations`;
  return { tenantId, cookies, conversations: conversations.map(({ id }) => id) };
}

interface Page {
  response: IncomingMessage;
  bytes: number;
}

function openPage(url: string, company: Company, at: number, quiet = false): Promise<Page> {
  const { tenantId, cookies, conversations } = company;
  const query = quiet ? "quiet=1" : `conversation=${conversations[at % conversations.length]}`;
  const headers = { cookie: cookies[at % cookies.length] ?? "" };
  return new Promise((resolve, reject) => {
    get(`${url}/api/console/t/${tenantId}/events?${query}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the stream answered ${response.statusCode}`));
      const page = { response, bytes: 0 };
      response.on("data", (piece: Buffer) => {
        page.bytes += piece.length;
      });
      response.on("error", () => {});
      resolve(page);
    }).on("error", reject);
  });
}

const bytesOf = (pages: readonly Page[]): number => pages.reduce((sum, { bytes }) => sum + bytes, 0);

/** Customers write, at an even pace. */
async function write(bot: Bot): Promise<void> {
  const end = Date.now() + PHASE_MS;
  while (Date.now() < end) await Promise.all([oneTurn(bot), sleep(1_000 / MESSAGES_PER_S)]);
}
