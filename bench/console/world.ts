import { join } from "node:path";
import { Client } from "pg";
import { createDatabase, type Database } from "../../db/client.ts";
import { migrateServer } from "../../db/migrate/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { routesOf } from "../../host/server/routes.ts";
import { serve } from "../../host/server/server.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { serverEngine } from "../../host/stores/sql-engine.ts";
import { newToken, sha256Hex } from "../../lib/console/http/token.ts";
import { startPostgresServer } from "../../tests/support/postgres-server.ts";

/** The console on a real PostgreSQL, over the protocols of production, with an operator who is signed in. */
export interface ConsoleWorld {
  /** The database itself, for making data. */
  client: Client;
  /** The server's road to the database. */
  database: Database;
  /** Its address. */
  neonUrl: string;
  tenantId: string;
  /** Where the server is, and the cookie of the session. */
  url: string;
  cookie: string;
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
}

/** Starts everything in this process, but for PostgreSQL; serves the built pages of a folder. `more` is added to the environment. */
export async function startConsole(
  teardown: Teardown,
  pages: string,
  more: Record<string, string> = {},
): Promise<ConsoleWorld> {
  const postgres = await startPostgresServer();
  teardown.add(postgres.stop);
  const address = postgres.url("postgres");
  await migrateServer(address);
  const client = new Client({ connectionString: address });
  await client.connect();
  teardown.add(() => client.end());
  const neon = await startNeonEndpoint({ engine: serverEngine(address), password: "bench" });
  teardown.add(neon.close);
  const server = await serve({
    ...{ port: 0, host: "127.0.0.1", projectDirectory: PROJECT_DIRECTORY, onError: console.error },
    staticDirectory: pages,
    routes: routesOf(
      join(PROJECT_DIRECTORY, "api"),
      hostPlatform(() => ({ ...environmentOf(neon.url), ...more })),
    ),
  });
  teardown.add(server.close);
  const { tenantId, cookie } = await signIn(client);
  const url = (path: string) => `${server.url}/api/console/t/${tenantId}${path}`;
  const own = { cookie, origin: server.url, "x-chasqui-console": "1", "content-type": "application/json" };
  return {
    client,
    database: createDatabase(neon.url),
    neonUrl: neon.url,
    tenantId,
    url: server.url,
    cookie,
    get: (path) => fetch(url(path), { headers: { cookie } }),
    post: (path, body) => fetch(url(path), { method: "POST", headers: own, body: JSON.stringify(body) }),
  };
}

const environmentOf = (databaseUrl: string): Record<string, string> => ({
  POSTGRES_URL: databaseUrl,
  KV_REST_API_URL: "http://localhost:9",
  KV_REST_API_TOKEN: "bench",
  OPENAI_API_KEY: "bench",
  WHATSAPP_ACCESS_TOKEN: "bench-access-token",
  WHATSAPP_PHONE_NUMBER_ID: "106540352242922",
  WHATSAPP_APP_SECRET: "bench-app-secret",
  WHATSAPP_VERIFY_TOKEN: "bench-verify-token",
  CRON_SECRET: "benchmark-secret",
  LOG_LEVEL: "error",
});

async function signIn(client: Client): Promise<{ tenantId: string; cookie: string }> {
  const token = newToken();
  const { rows } = await client.query<{ tenantId: string }>(
    `with t as (insert into tenants (phone_number_id) values ('106540352242922') returning id),
          o as (insert into operators (email, name) values ('bench@example.com', 'Bench') returning id),
          m as (insert into memberships (tenant_id, operator_id, role) select t.id, o.id, 'owner' from t, o),
          s as (insert into sessions (token_hash, operator_id, device, idle_ends_at, ends_at)
            select decode($1, 'hex'), id, 'bench', now() + interval '1 day', now() + interval '1 day' from o)
      select id as "tenantId" from t`,
    [await sha256Hex(token)],
  );
  return { tenantId: rows[0]?.tenantId ?? "", cookie: `__Host-chasqui_session=${token}` };
}
