import { z } from "zod";
import type { Invitation } from "../../../contracts/console/access.ts";
import type { OpenInvitation } from "../../types/console/access.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type Call, Refusal } from "../http/route.ts";
import { sha256Hex } from "../http/token.ts";
import { countAttempt, guessCounters, lookCounters } from "./attempts.ts";
import { personName, token as tokenSchema } from "./input.ts";
import { newPassword } from "./passwords.ts";
import { newSession, welcome } from "./session.ts";

const lookBody = z.object({ token: tokenSchema });
const acceptBody = z.object({
  token: tokenSchema,
  name: z.string().max(1_000).optional(),
  password: z.string().max(10_000).optional(),
});
const nameBody = z.object({ name: personName });
const newPasswordBody = z.object({ password: newPassword });

/** What an invitation says, to whoever has its link. */
export async function lookAtInvitation(call: Call<ConsoleDeps>): Promise<Response> {
  const { token } = await call.body(lookBody);
  await countAttempt(call, lookCounters(call));
  const { email, company, role, expiresAt, signsIn, ...invitation } = await find(call, token);
  const known = asksForPassword(invitation);
  return Response.json({ email, company, role, expiresAt, known, signsIn } satisfies Invitation);
}

/** Accepts an invitation, once, and signs in. An operator of another company enters the password they have. */
export async function acceptInvitation(call: Call<ConsoleDeps>): Promise<Response> {
  const { token } = await call.body(acceptBody);
  await countAttempt(call, lookCounters(call));
  const invitation = await find(call, token);
  const own = await ownPart(call, invitation);
  const { token: sessionToken, session } = await newSession(call);
  const outcome = await call.deps.invitations.accept(await sha256Hex(token), { ...own, session });
  if (outcome === "gone") throw gone();
  if (outcome === "changed")
    throw new Refusal(409, "password_changed", "Your password was changed meanwhile. Open the link again.");
  return welcome(call, sessionToken);
}

async function find({ deps }: Call<ConsoleDeps>, token: string): Promise<OpenInvitation> {
  const invitation = await deps.invitations.find(await sha256Hex(token));
  if (invitation === null) throw gone();
  return invitation;
}

const gone = () =>
  new Refusal(
    410,
    "invitation_gone",
    "This link was used, withdrawn, or has expired. Ask an owner of your company for a new one.",
  );

const asksForPassword = ({
  password,
  resetsPassword,
}: Pick<OpenInvitation, "password" | "resetsPassword">): boolean => password !== null && !resetsPassword;

/** Name and password as the invitation needs them: none to sign in at once, the one they have, or a new one. */
async function ownPart(
  call: Call<ConsoleDeps>,
  invitation: OpenInvitation,
): Promise<{ name: string; password: string | null; checked: string | null }> {
  const { name = "", password = "" } = await call.body(acceptBody);
  const nameFromEmail = nameOf(invitation.email);
  const checked = invitation.password;
  if (invitation.signsIn) return { name: nameFromEmail, password: null, checked };
  if (asksForPassword(invitation)) {
    await checkKnown(call, invitation, password);
    return { name: nameFromEmail, password: null, checked };
  }
  const { password: chosen } = await call.body(newPasswordBody);
  const given = name.trim() === "" ? nameFromEmail : (await call.body(nameBody)).name;
  return { name: given, password: await call.deps.passwords.hash(chosen), checked };
}

/** `ana.perez@example.com` is Ana Perez until she says otherwise. */
function nameOf(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[^a-z0-9]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || email;
}

/** The link is not enough where an account exists: whoever made it could take the account over. */
async function checkKnown(
  call: Call<ConsoleDeps>,
  invitation: OpenInvitation,
  password: string,
): Promise<void> {
  const counters = guessCounters(call, invitation.email);
  await countAttempt(call, counters);
  const { right } = await call.deps.passwords.check(password, invitation.password);
  if (!right) throw new Refusal(401, "wrong_password", "This is not the password of your account.");
  await call.deps.throttle.forgive(counters);
}
