/** Sessions of operators. */
import type { SessionView } from "../../contracts/console/access.ts";
import type { Sessions, SignedIn } from "../../lib/types/console/access.ts";
import type { Database } from "../client.ts";

/** Creates the store of sessions. They belong to an operator, not to a company. */
export function createSessions({ sql }: Database): Sessions {
  return {
    async find(tokenHash) {
      const [row] = await sql<{
        answer: SignedIn | null;
      }>`select find_session(decode(${tokenHash}, 'hex')) as answer`;
      return row?.answer ?? null;
    },
    async start(operatorId, session) {
      await sql`select start_session(${operatorId}::uuid, ${JSON.stringify(session)}::jsonb)`;
    },
    list: (operatorId) => sql<Omit<SessionView, "current">>`
      select id, device, round(extract(epoch from created_at) * 1000)::float8 as "createdAt",
             round(extract(epoch from seen_at) * 1000)::float8 as "seenAt" from sessions
        where operator_id = ${operatorId}::uuid and idle_ends_at > clock_timestamp() and ends_at > clock_timestamp()
        order by seen_at desc limit 100`,
    async end(operatorId, sessionId) {
      const rows = await sql`
        delete from sessions where id = ${sessionId}::uuid and operator_id = ${operatorId}::uuid returning id`;
      return rows.length > 0;
    },
    async endOthers(operatorId, keptSessionId) {
      await sql`delete from sessions where operator_id = ${operatorId}::uuid and id <> ${keptSessionId}::uuid`;
    },
  };
}
