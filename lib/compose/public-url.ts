import type { Env } from "../config/env.ts";

/** Where this deployment is reached from outside: PUBLIC_URL, else Vercel's domain, else null. */
export function publicUrlOf(
  env: Pick<Env, "PUBLIC_URL" | "VERCEL_PROJECT_PRODUCTION_URL" | "VERCEL_URL">,
): string | null {
  const domain = env.VERCEL_PROJECT_PRODUCTION_URL ?? env.VERCEL_URL;
  return env.PUBLIC_URL ?? (domain ? `https://${domain}` : null);
}
