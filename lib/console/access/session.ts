import type { Me } from "../../../contracts/console/access.ts";
import type { NewSession, SignedIn } from "../../types/console/access.ts";
import { sessionToken } from "../http/admit.ts";
import { sessionCookie } from "../http/cookie.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type Call, Refusal } from "../http/route.ts";
import { newToken, sha256Hex } from "../http/token.ts";
import { deviceOf } from "./device.ts";

/** A session for this browser, in place of the one that it has; the token goes into its cookie. */
export async function newSession({
  request,
}: Call<ConsoleDeps>): Promise<{ token: string; session: NewSession }> {
  const [token, old] = [newToken(), sessionToken(request)];
  const replaces = old === null ? null : await sha256Hex(old);
  return { token, session: { tokenHash: await sha256Hex(token), device: deviceOf(request), replaces } };
}

/** The answer to whoever has just come in: who they are, and the cookie. */
export async function welcome({ deps }: Call<ConsoleDeps>, token: string): Promise<Response> {
  const who = await deps.sessions.find(await sha256Hex(token));
  if (who === null) throw new Refusal(401, "signed_out", "Sign in to go on.");
  return Response.json(meOf(who), { headers: { "set-cookie": sessionCookie(token) } });
}

/** What an operator may know of themselves. */
export function meOf({ operatorId: id, email, name, language, memberships }: SignedIn): Me {
  return { id, email, name, language, memberships };
}
