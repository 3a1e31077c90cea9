import { z } from "zod";
import { cleanText } from "../../json/clean.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type Call, Refusal } from "../http/route.ts";
import { countAttempt, guessCounters } from "./attempts.ts";
import { newSession, welcome } from "./session.ts";

const body = z.object({ email: z.string().max(1_000), password: z.string().max(10_000) });

/** Signs in with e-mail address and password. An unknown account costs the same work and gets the same answer as a wrong password. */
export async function signIn(call: Call<ConsoleDeps>): Promise<Response> {
  const { deps } = call;
  const { email: given, password } = await call.body(body);
  const email = cleanText(given.trim().toLowerCase(), 254);
  const counters = guessCounters(call, email);
  await countAttempt(call, counters);
  const account = await deps.accounts.findByEmail(email);
  const stored = account?.password ?? null;
  const { right, renewed } = await deps.passwords.check(password, stored);
  if (account === null || stored === null || !right)
    throw new Refusal(401, "wrong_sign_in", "The e-mail address or the password is not right.");
  const { operatorId } = account;
  if (renewed !== null)
    await deps.accounts.changePassword(operatorId, { from: stored, to: renewed, keptSessionId: null });
  const { token, session } = await newSession(call);
  await deps.sessions.start(operatorId, session);
  await deps.throttle.forgive(counters);
  return welcome(call, token);
}
