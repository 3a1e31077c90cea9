import { createHash, randomBytes } from "node:crypto";
import type { Role } from "../../contracts/console/access.ts";
import { OWN_HEADER, SESSION_COOKIE } from "../../lib/console/http/admit.ts";
import type { World } from "../support/world.ts";

/** A browser at the console: keeps its cookie, and sends what the page sends. */
export interface Visitor {
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
  /** The session's token; null without one. */
  token(): string | null;
}

type Place = Pick<World, "url" | "sql">;

/** A browser, with a session's token when it is signed in. */
export function visitor({ url }: Pick<World, "url">, token: string | null = null): Visitor {
  let session = token;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie: Record<string, string> = session === null ? {} : { cookie: `${SESSION_COOKIE}=${session}` };
    const headers = { ...cookie, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${url}/api/console${path}`, { ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [, value = ""] = new RegExp(`^${SESSION_COOKIE}=([^;]*)`).exec(set) ?? [];
      session = value || null;
    }
    return response;
  };
  return {
    token: () => session,
    get: (path, init = {}) => send(path, init),
    post: (path, body, init = {}) =>
      send(path, {
        method: "POST",
        body: body === undefined ? null : JSON.stringify(body),
        ...init,
        headers: { origin: url, [OWN_HEADER]: "1", ...(init.headers as Record<string, string>) },
      }),
  };
}

/** SHA-256 as hex, as the database has it. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Stores an operator with a role and signs them in, without the work of a password. */
export async function operator(
  world: Place,
  { role, email, tenantId }: { role: Role; email: string; tenantId: string },
): Promise<Visitor & { id: string }> {
  const [stored] = await world.sql<{ id: string }>`
    with person as (
      insert into operators (email, name) values (${email}, ${email.split("@")[0] ?? ""})
        on conflict (email) do update set name = excluded.name returning id
    ), member as (
      insert into memberships (tenant_id, operator_id, role) select ${tenantId}::uuid, id, ${role} from person
        on conflict (tenant_id, operator_id) do update set role = excluded.role
    )
    select id from person`;
  const id = stored?.id ?? "";
  return { ...visitor(world, await session(world, id)), id };
}

/** Starts a session of an operator; returns its token. */
export async function session({ sql }: Pick<World, "sql">, operatorId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const stored = JSON.stringify({ tokenHash: hashOf(token), device: "test", replaces: null });
  await sql`select start_session(${operatorId}::uuid, ${stored}::jsonb)`;
  return token;
}

/** Stores another company; returns its id. */
export async function company({ sql }: Pick<World, "sql">, phoneNumberId: string): Promise<string> {
  const [row] = await sql<{ id: string }>`
    insert into tenants (phone_number_id) values (${phoneNumberId})
      on conflict (phone_number_id) do update set phone_number_id = excluded.phone_number_id returning id`;
  return row?.id ?? "";
}
