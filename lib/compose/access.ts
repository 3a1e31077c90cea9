import type { Database } from "../../db/client.ts";
import { createAuditLog } from "../../db/console/audit.ts";
import { createAccounts, createInvitations, createTeam } from "../../db/console/operators.ts";
import { createSessions } from "../../db/console/sessions.ts";
import { createThrottle } from "../cache/throttle.ts";
import { createUpstashScripts } from "../cache/upstash.ts";
import { createPasswords } from "../console/access/passwords.ts";
import type { ConsoleDeps } from "../console/http/deps.ts";
import type { Base } from "./base.ts";
import { publicUrlOf } from "./public-url.ts";

type AccessDeps = Pick<
  ConsoleDeps,
  | "publicUrl"
  | "clientAddress"
  | "throttle"
  | "passwords"
  | "accounts"
  | "invitations"
  | "team"
  | "sessions"
  | "audit"
>;

/** The part of the console that decides who comes in. */
export function composeAccess({ env, platform, log }: Base, database: Database): AccessDeps {
  const { KV_REST_API_URL: url, KV_REST_API_TOKEN: token } = env;
  const scripts = platform.scripts ?? createUpstashScripts({ url, token });
  return {
    publicUrl: publicUrlOf(env),
    clientAddress: platform.clientAddress ?? (() => null),
    throttle: createThrottle({ scripts, token, log }),
    passwords: createPasswords(platform.passwordRounds),
    accounts: createAccounts(database),
    invitations: createInvitations(database),
    team: createTeam(database),
    sessions: createSessions(database),
    audit: createAuditLog(database),
  };
}
