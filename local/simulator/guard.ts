import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/**
 * Lets only the simulator's own page and programs on this machine in: a page elsewhere, or a foreign name that
 * resolves to this machine, cannot drive the bot.
 */
export function refuseOtherSites(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const foreign =
      !isOwnName(host) ||
      (origin !== undefined && origin !== `http://${host}`) ||
      (site !== undefined && site !== "same-origin" && site !== "none");
    if (foreign)
      return context.json(
        { error: { code: "other_site", message: "Only the simulator's own page may ask this." } },
        403,
      );
    const type = context.req.header("content-type") ?? "";
    if (context.req.method === "POST" && !/^application\/json\b/i.test(type))
      return context.json(
        { error: { code: "not_json", message: "Send JSON (content-type application/json)." } },
        415,
      );
    return next();
  };
}

/** Names that no foreign DNS entry can have: `localhost` and plain addresses. */
function isOwnName(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}
