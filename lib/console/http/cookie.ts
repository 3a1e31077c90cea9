import { SESSION_COOKIE } from "./admit.ts";

/** As long as a session lives at most; the server ends it sooner when it is idle. */
const MAX_AGE_S = 30 * 24 * 60 * 60;
// `__Host-` demands Secure and the path, and forbids a domain: no subdomain can set it.
const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax";

/** `Set-Cookie` that keeps a session's token in the browser. */
export const sessionCookie = (token: string): string =>
  `${SESSION_COOKIE}=${token}; Max-Age=${MAX_AGE_S}; ${ATTRIBUTES}`;

/** `Set-Cookie` that takes it away. */
export const endedCookie = `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;
