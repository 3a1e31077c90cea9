/** Sessions of operators. */
import type { Sessions, SignedIn } from "../../lib/types/console/access.ts";
import type { Database } from "../client.ts";

/** Creates the store of sessions. */
export function createSessions({ sql }: Database): Sessions {
  return {
    async find(tokenHash) {
      const [row] = await sql<{
        answer: SignedIn | null;
      }>`select find_session(decode(${tokenHash}, 'hex')) as answer`;
      return row?.answer ?? null;
    },
  };
}
