import { z } from "zod";
import type { SessionView } from "../../../contracts/console/access.ts";
import { endedCookie } from "../http/cookie.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type SessionCall } from "../http/route.ts";
import { countAttempt, guessCounters } from "./attempts.ts";
import { personName, uuid } from "./input.ts";
import { newPassword } from "./passwords.ts";

type Own = SessionCall<ConsoleDeps>;

/** The operator's sessions; `current` is the one that asks. */
export async function listSessions({ deps, who }: Own): Promise<Response> {
  const sessions = await deps.sessions.list(who.operatorId);
  return Response.json(
    sessions.map((each) => ({ ...each, current: each.id === who.sessionId })) satisfies SessionView[],
  );
}

/** Ends the session that asks. */
export async function signOut({ deps, who }: Own): Promise<Response> {
  await deps.sessions.end(who.operatorId, who.sessionId);
  return new Response(null, { status: 204, headers: { "set-cookie": endedCookie } });
}

/** Ends one of the operator's sessions. */
export async function endSession({ deps, who, params }: Own): Promise<Response> {
  const { id } = params;
  const ended = uuid.safeParse(id).success && (await deps.sessions.end(who.operatorId, id ?? ""));
  if (!ended) throw new Refusal(404, "not_found", "This session has ended already.");
  const headers: Record<string, string> = id === who.sessionId ? { "set-cookie": endedCookie } : {};
  return new Response(null, { status: 204, headers });
}

/** Ends all sessions but the one that asks. */
export async function endOtherSessions({ deps, who }: Own): Promise<Response> {
  await deps.sessions.endOthers(who.operatorId, who.sessionId);
  return new Response(null, { status: 204 });
}

const passwordBody = z.object({ current: z.string().max(10_000), next: newPassword });

/** Changes the password and ends all other sessions. The current one is asked for: an unlocked screen is not enough. */
export async function changePassword(call: Own): Promise<Response> {
  const { deps, who } = call;
  const { current, next } = await call.body(passwordBody);
  const counters = guessCounters(call, who.email);
  await countAttempt(call, counters);
  const stored = (await deps.accounts.findByEmail(who.email))?.password ?? null;
  if (stored === null)
    throw new Refusal(409, "no_password", "This account has no password yet. Ask for a link that sets one.");
  const { right } = await deps.passwords.check(current, stored);
  if (!right) throw new Refusal(401, "wrong_password", "This is not your current password.");
  await deps.throttle.forgive(counters);
  const change = { from: stored, to: await deps.passwords.hash(next), keptSessionId: who.sessionId };
  if (!(await deps.accounts.changePassword(who.operatorId, change)))
    throw new Refusal(409, "password_changed", "Your password was changed meanwhile. Try again.");
  return new Response(null, { status: 204 });
}

const profileBody = z.object({ name: personName, language: z.enum(["es", "en", "pt"]).nullable() });

/** Saves name and language. */
export async function saveProfile(call: Own): Promise<Response> {
  await call.deps.accounts.saveProfile(call.who.operatorId, await call.body(profileBody));
  return new Response(null, { status: 204 });
}
