/** One search for a customer's orders (docs/connector.md). */
import { signConnectorBody } from "../../crypto/sign-body.ts";
import { call } from "../../http/call.ts";
import { asCallError, type CallError } from "../../http/call-error.ts";
import { isRefusedAddress } from "../../http/public/guard.ts";
import { type Backoff, retry } from "../../http/retry.ts";
import { parseJson } from "../../json/lenient.ts";
import { spellingsOf } from "../../phone/spellings.ts";
import type { DeclaredTool, OnBehalfOf, OrdersVia } from "../../types/tools/declared.ts";
import { signingSecret } from "../behalf/context.ts";
import { broken, failure, type Sent } from "../http/failure.ts";
import type { Fields } from "../http/request.ts";
import type { Sending } from "../http/send.ts";
import { ordersIn } from "./answer.ts";

const ANSWER_BYTES = 256 * 1024;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const BACKOFF: Backoff = { firstMs: 150, maxMs: 1_000 };

/**
 * `POST {base}/orders/search` with `{ customer: { phone, user_id, phones? }, number }`, signed as `x-chasqui-signature: t=<unix
 * seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. POST keeps phone numbers out of URL logs; the call only reads, so it is made twice
 * at most, with the whole time limit for each. Throws MissingVariableError.
 */
export async function callOrders(
  base: URL,
  tool: DeclaredTool & { via: OrdersVia },
  { input, behalf }: { input: Fields; behalf: Pick<OnBehalfOf, "customer"> },
  { fetch, clock, signing, timeoutMs, signal }: Sending,
): Promise<Sent> {
  const secret = signingSecret(tool.via.context, signing);
  const body = bodyOf(behalf, input);
  // Signed anew each time, because the signature contains the time.
  const attempt = async () =>
    call(`${base.href.replace(/\/+$/, "")}/orders/search`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-chasqui-signature": await signConnectorBody(body, secret, Math.floor(clock.now() / 1000)),
      },
      ...{ body, timeoutMs, signal, maxBytes: ANSWER_BYTES, fetch, now: clock.now },
    });
  try {
    const pause = { backoff: BACKOFF, clock, signal };
    const { text } = await retry(attempt, { attempts: 2, when: isWorthAnother, pause });
    const orders = ordersIn(parseJson(text));
    return orders ? { ok: true, answer: { orders } } : broken("invalid_answer", tool);
  } catch (error) {
    return failure(asCallError(error), tool);
  }
}

function bodyOf({ customer: { phone, waUserId } }: Pick<OnBehalfOf, "customer">, input: Fields): string {
  const phones = phone === null ? [] : spellingsOf(phone);
  const several = phones.length > 1 && { phones };
  return JSON.stringify({
    customer: { phone, user_id: waUserId, ...several },
    number: input.number ?? null,
  });
}

function isWorthAnother(error: CallError): boolean {
  if (isRefusedAddress(error)) return false;
  const { status, retryable, code } = error;
  return status === null ? retryable && code !== "timeout" : RETRY_STATUS.has(status);
}
