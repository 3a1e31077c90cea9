/** The request of an HTTP tool. */
import { fieldOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";
import type { HttpVia, OnBehalfOf } from "../../types/tools/declared.ts";
import { contextHeaders, type Signing } from "../behalf/context.ts";
import { type Values, withVariables } from "../behalf/variables.ts";
import { buildUrl, fieldsIn } from "./url.ts";

/** An input that fits its schema. */
export type Fields = { [key: string]: Json };

/** A request without what is signed. */
export interface HttpRequest {
  method: HttpVia["method"];
  url: URL;
  headers: Record<string, string>;
  /** Empty: none. */
  body: string;
}

/** Request for an input. Throws UnsendableError, MissingVariableError. */
export function buildRequest(via: HttpVia, input: Fields, values: Values): HttpRequest {
  const url = buildUrl(templateOf(via, values), via.query ?? {}, input);
  const body = bodyOf(via, input);
  return {
    method: via.method,
    url,
    headers: {
      ...declaredHeaders(via.headers, values),
      accept: "application/json",
      ...(body !== "" && { "content-type": "application/json" }),
    },
    body,
  };
}

/** The same request with the customer's context, signed now. Throws MissingVariableError. */
export async function signRequest(
  request: HttpRequest,
  via: HttpVia,
  behalf: OnBehalfOf,
  signing: Signing,
): Promise<HttpRequest> {
  const { method, url, body } = request;
  const context = await contextHeaders(via.context, behalf, { method, url: url.href, body }, signing);
  return { ...request, headers: { ...request.headers, ...context } };
}

/** Headers that a tool may not set: they frame the request, or say on whose behalf it is. */
const RESERVED =
  /^(x-chasqui-.*|idempotency-key|host|connection|content-(length|encoding|type)|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/i;

/** True for a header that a tool may not set. */
export const isReservedHeader = (name: string): boolean => RESERVED.test(name);

/** A tool's own headers with their secrets. Throws MissingVariableError. */
export function declaredHeaders(
  headers: Readonly<Record<string, string>> | undefined,
  values: Values,
): Record<string, string> {
  const own = Object.entries(headers ?? {}).filter(([name]) => !isReservedHeader(name));
  return Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), withVariables(value, values)]));
}

/** The URL template with its variables. Throws MissingVariableError. */
export const templateOf = ({ url }: Pick<HttpVia, "url">, values: Values): string => {
  const [first = ""] = /^\$\{(?:env|secret):[^}]*\}/.exec(url) ?? [];
  return withVariables(first, values).replace(/\/+$/, "") + url.slice(first.length);
};

function bodyOf({ method, url, query, body }: HttpVia, input: Fields): string {
  if (method === "GET") return "";
  const elsewhere = new Set([...fieldsIn(url.replace(/^\$\{[^}]*\}/, "")), ...Object.values(query ?? {})]);
  const names = body ?? Object.keys(input).filter((name) => !elsewhere.has(name));
  const fields = names.flatMap((name): [string, Json][] => {
    const value = fieldOf(input, name);
    return value === undefined ? [] : [[name, value as Json]];
  });
  if (fields.length === 0 && method === "DELETE") return "";
  return JSON.stringify(Object.fromEntries(fields));
}
