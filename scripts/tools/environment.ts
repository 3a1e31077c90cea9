import { createPublicFetch } from "../../host/public-fetch.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { parseVariable } from "../../lib/config/env.ts";
import { createGuardedFetch } from "../../lib/http/public/guard.ts";
import { createValues, type ReadValues, type ValueOptions } from "../../lib/tools/behalf/secrets.ts";

/** Value of a variable that tools may name. */
export const toolVariable = (name: string): string | undefined =>
  name.startsWith("TOOL_") ? process.env[name] : undefined;

/** `fetch` as the bot calls systems with it: it connects to public addresses, or to hosts that are allowed by name. */
export function systemFetch(): typeof fetch {
  const allowed = parseVariable("ALLOW_TOOL_HOSTS", process.env);
  const plainHttp = parseVariable("ALLOW_HTTP_HOSTS", process.env);
  return createGuardedFetch({ allowed, plainHttp, resolve: null, fetch: createPublicFetch(allowed) });
}

/** How contexts of customers are signed here, unless a tool names another secret. */
export const signingHere = () => ({
  secret: parseVariable("COMPANY_API_SECRET", process.env) ?? null,
  now: systemClock.now,
});

/** Keys that seal companies' secrets; none: `SECRETS_KEY` is not set. Throws ConfigurationError. */
export const secretKeys = (): readonly Uint8Array[] => parseVariable("SECRETS_KEY", process.env) ?? [];

/** From where the references of tools are read here. */
export const valueOptions = (): ValueOptions => ({
  ...{ variable: toolVariable, secretKeys: secretKeys() },
  now: systemClock.now,
});

/** Values of what tools name here. */
export const valuesHere = (): ReadValues => createValues(valueOptions());

/** An address without a path is no secret, and masked it would hide where a call goes. */
const isBareAddress = (value: string): boolean => /^https?:\/\/[^/?#]*\/?$/.test(value.trim());

/** `text` with the values of secrets masked: those of the environment, and `more` by their names. */
export function masked(text: string, more: ReadonlyMap<string, string> = new Map()): string {
  const ofEnvironment = Object.entries(process.env).filter(
    ([name]) => name.startsWith("TOOL_") || /SECRET|TOKEN|KEY/.test(name),
  );
  return [...ofEnvironment, ...more]
    .filter(([, value = ""]) => value.length >= 4 && !isBareAddress(value))
    .sort(([, one = ""], [, other = ""]) => other.length - one.length)
    .reduce((shown, [name, value = ""]) => shown.replaceAll(value, `•••(${name})`), text)
    .replace(/v1=[0-9a-f]{64}/g, "v1=•••");
}
