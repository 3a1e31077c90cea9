import { createPublicFetch } from "../../host/public-fetch.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { parseVariable } from "../../lib/config/env.ts";
import { createGuardedFetch } from "../../lib/http/public/guard.ts";
import type { Signing } from "../../lib/tools/behalf/context.ts";

/** Value of a variable that tools may name. */
export const toolVariable = (name: string): string | undefined =>
  name.startsWith("TOOL_") ? process.env[name] : undefined;

/** `fetch` as the bot calls systems with it: it connects to public addresses, or to hosts that are allowed by name. */
export function systemFetch(): typeof fetch {
  const allowed = parseVariable("ALLOW_TOOL_HOSTS", process.env);
  const plainHttp = parseVariable("ALLOW_HTTP_HOSTS", process.env);
  return createGuardedFetch({ allowed, plainHttp, resolve: null, fetch: createPublicFetch(allowed) });
}

/** How contexts of customers are signed here. */
export const signingHere = (): Signing => ({
  secret: parseVariable("COMPANY_API_SECRET", process.env) ?? null,
  variable: toolVariable,
  now: systemClock.now,
});

/** An address without a path is no secret, and masked it would hide where a call goes. */
const isBareAddress = (value: string): boolean => /^https?:\/\/[^/?#]*\/?$/.test(value.trim());

/** `text` with the values of secrets masked. */
export function masked(text: string): string {
  const secrets = Object.entries(process.env).filter(
    ([name, value = ""]) =>
      (name.startsWith("TOOL_") || /SECRET|TOKEN|KEY/.test(name)) &&
      value.length >= 4 &&
      !isBareAddress(value),
  );
  return secrets
    .sort(([, one = ""], [, other = ""]) => other.length - one.length)
    .reduce((shown, [name, value = ""]) => shown.replaceAll(value, `•••(${name})`), text)
    .replace(/v1=[0-9a-f]{64}/g, "v1=•••");
}
