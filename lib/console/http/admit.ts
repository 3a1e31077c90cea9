import type { Role } from "../../../contracts/console/access.ts";
import type { Sessions, SignedIn } from "../../types/console/access.ts";
import { Refusal } from "./route.ts";
import { sha256Hex } from "./token.ts";

/** Header that a form or an image of another site cannot send. */
export const OWN_HEADER = "x-chasqui-console";
export const SESSION_COOKIE = "__Host-chasqui_session";

const RANK: Record<Role, number> = { viewer: 0, agent: 1, owner: 2 };

/** True when `role` may do what `needed` may. */
export const includesRole = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** Refuses (403) a write that did not come from the console's own page, at the address of the request or at `publicUrl`. */
export function assertOwnPage(request: Request, publicUrl: string | null): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own =
    request.headers.get(OWN_HEADER) === "1" &&
    origin !== null &&
    hosts(request, publicUrl).includes(hostOf(origin)) &&
    (site === null || site === "same-origin");
  if (!own)
    throw new Refusal(
      403,
      "other_site",
      "Only the console's own page may send this request. Behind a proxy, set PUBLIC_URL to the address that people open.",
    );
}

/** A proxy in front may end TLS, so only hosts are compared; `x-forwarded-host` is not believed, since anybody may send it. */
function hosts(request: Request, publicUrl: string | null): string[] {
  const asked = request.headers.get("host") ?? new URL(request.url).host;
  return publicUrl === null ? [asked] : [asked, hostOf(publicUrl)];
}

/** `null`, the origin of a page without one, has no host and equals none. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : "no host");

/** The operator of the request's session, null without one. */
export async function signedIn(request: Request, sessions: Sessions): Promise<SignedIn | null> {
  const token = sessionToken(request);
  return token === null ? null : sessions.find(await sha256Hex(token));
}

/** The session token of the request's cookie, null without one. */
export function sessionToken(request: Request): string | null {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === SESSION_COOKIE && value && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}
