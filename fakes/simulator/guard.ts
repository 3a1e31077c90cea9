import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { sameText } from "../../lib/crypto/same-text.ts";
import { problem } from "./inputs.ts";

const COOKIE = "chasqui_simulator";
/** Headers of a proxy that forwards a request from elsewhere. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/**
 * Admits only the simulator's own page and programs on this machine: neither another site, nor a foreign name that resolves
 * to this machine, can control the bot. With a `key`, for a server that other machines can reach, a browser that has presented
 * it is admitted from anywhere.
 */
export function guardSimulator(key: string | null): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const known = key !== null && (await sameText(getCookie(context, COOKIE) ?? "", key));
    if (key !== null && !known && !isFromHere(context))
      return problem(401, "key_needed", "Open the address that npm run dev printed; it includes the key.");
    if (isOfOtherSite(context, host) || !(known || isOwnName(host)))
      return problem(403, "other_site", "Only the simulator's own page may send this request.");
    const type = context.req.header("content-type") ?? "";
    if (context.req.method === "POST" && !/^application\/json\b/i.test(type))
      return problem(415, "not_json", "Send JSON (content-type application/json).");
    return next();
  };
}

/** Moves the key from the printed address, `/?key=…`, into a cookie. */
export function takeKey(key: string | null): MiddlewareHandler {
  return async (context, next) => {
    const given = context.req.query("key");
    if (key === null || given === undefined) return next();
    if (!(await sameText(given, key)))
      return problem(401, "wrong_key", "This is not the key that npm run dev printed.");
    setCookie(context, COOKIE, key, { httpOnly: true, sameSite: "Strict", path: "/" });
    return context.redirect("/", 303);
  };
}

function isFromHere(context: Context<{ Bindings: HttpBindings }>): boolean {
  const { remoteAddress = "", localAddress } = context.env.incoming.socket;
  const forwarded = FORWARDED.some((name) => context.req.header(name) !== undefined);
  // A client with the server's own address is on this machine.
  return !forwarded && (/^(::1$|(::ffff:)?127\.)/.test(remoteAddress) || remoteAddress === localAddress);
}

function isOfOtherSite(context: Context, host: string): boolean {
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site");
  return (
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) ||
    (site !== undefined && site !== "same-origin" && site !== "none")
  );
}

/** Names that no foreign DNS entry can have: `localhost` and plain addresses. */
function isOwnName(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}
