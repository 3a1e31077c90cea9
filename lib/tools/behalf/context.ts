/** The signed header that says on whose behalf a tool is called. */
import { signConnectorBody } from "../../crypto/sign-body.ts";
import { spellingsOf } from "../../phone/spellings.ts";
import type { ContextVia, OnBehalfOf } from "../../types/tools/declared.ts";
import { MissingVariableError, type Values, variable, withVariables } from "./variables.ts";

/** One request, as its context is signed for it alone. */
export interface SignedRequest {
  method: string;
  url: string;
  /** Empty: none. */
  body: string;
}

export interface Signing {
  /** `COMPANY_API_SECRET`; null when it is not set. */
  secret: string | null;
  values: Values;
  now(): number;
}

/**
 * `x-chasqui-context`, base64url of JSON with the customer, tenant, conversation and request, and `x-chasqui-signature`,
 * `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<context>.<body>">`. Nothing of the input gets into it but by the request's URL, which
 * it repeats so that it is worth nothing elsewhere. Throws MissingVariableError.
 */
export async function contextHeaders(
  via: ContextVia | undefined,
  behalf: OnBehalfOf,
  request: SignedRequest,
  signing: Signing,
): Promise<Record<string, string>> {
  const key = { "idempotency-key": await headerSafe(behalf.idempotencyKey) };
  if (via === "none") return key;
  const secret = signingSecret(via, signing);
  const context = base64url(JSON.stringify(contextOf(behalf, request)));
  const signature = await signConnectorBody(
    `${context}.${request.body}`,
    secret,
    Math.floor(signing.now() / 1000),
  );
  return { ...key, "x-chasqui-context": context, "x-chasqui-signature": signature };
}

/** The secret that signs what is sent to a system. Throws MissingVariableError. */
export function signingSecret(
  via: Exclude<ContextVia, "none"> | undefined,
  { secret, values }: Signing,
): string {
  if (via !== undefined) return via.startsWith("${") ? withVariables(via, values) : variable(via, values.env);
  if (secret) return secret;
  throw new MissingVariableError("COMPANY_API_SECRET", "set COMPANY_API_SECRET in the environment");
}

function contextOf(
  { tenant, customer, conversationId, idempotencyKey }: OnBehalfOf,
  { method, url }: SignedRequest,
) {
  const { phone, waUserId } = customer;
  const phones = phone === null ? [] : spellingsOf(phone);
  return {
    tenant: tenant.id,
    number: tenant.phoneNumberId,
    customer: { phone, user_id: waUserId, ...(phones.length > 1 && { phones }) },
    conversation: conversationId,
    idempotency_key: idempotencyKey,
    request: `${method} ${url}`,
  };
}

function base64url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Headers take visible ASCII only. */
async function headerSafe(key: string): Promise<string> {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
