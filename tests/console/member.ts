import type { Role } from "../../contracts/console/access.ts";
import { newToken, sha256Hex } from "../../lib/console/http/token.ts";
import type { World } from "../support/world.ts";

/** An operator who is signed in, and calls the console's API as its page does. */
export interface Member {
  operatorId: string;
  /** The company of the world. */
  tenantId: string;
  /** For requests to another server of the same stores. */
  cookie: string;
  /** Posts a file's bytes. */
  upload(path: string, bytes: Uint8Array<ArrayBuffer>, filename: string): Promise<Response>;
  get(path: string, more?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, options?: { signal?: AbortSignal }): Promise<Response>;
}

/** Signs an operator in with this role; paths are below `/api/console/t/:tenant`. */
export async function signedInAs(
  world: Pick<World, "sql" | "url">,
  role: Role,
  name: string = role,
): Promise<Member> {
  const token = newToken();
  const [tenant] = await world.sql<{ id: string }>`select id from tenants order by created_at limit 1`;
  const tenantId = tenant?.id ?? "";
  const [operator] = await world.sql<{ id: string }>`
    insert into operators (email, name) values (${`${crypto.randomUUID()}@example.com`}, ${name}) returning id`;
  const operatorId = operator?.id ?? "";
  await world.sql`
    insert into memberships (tenant_id, operator_id, role) values (${tenantId}::uuid, ${operatorId}::uuid, ${role})`;
  await world.sql`
    insert into sessions (token_hash, operator_id, device, idle_ends_at, ends_at)
      values (decode(${await sha256Hex(token)}, 'hex'), ${operatorId}::uuid, 'a test', now() + interval '1 day', now() + interval '1 day')`;
  const headers = { cookie: `__Host-chasqui_session=${token}` };
  const urlOf = (path: string) => `${world.url}/api/console/t/${tenantId}${path}`;
  return {
    operatorId,
    tenantId,
    cookie: headers.cookie,
    upload: (path, bytes, filename) =>
      fetch(urlOf(path), {
        method: "POST",
        headers: {
          ...headers,
          origin: world.url,
          "x-chasqui-console": "1",
          "x-filename": encodeURIComponent(filename),
          // Whatever a browser says.
          "content-type": "text/html",
        },
        body: bytes,
      }),
    get: (path, more) => fetch(urlOf(path), { headers: { ...headers, ...more } }),
    post: (path, body, { signal } = {}) =>
      fetch(urlOf(path), {
        method: "POST",
        headers: {
          ...headers,
          origin: world.url,
          "x-chasqui-console": "1",
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
  };
}
