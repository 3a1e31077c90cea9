import type { Context, MiddlewareHandler } from "hono";
import { signConnectorBody } from "../../lib/crypto/sign-body.ts";

const FRESH_S = 300;

/** Variables of a request that was verified: the customer's phone in digits, or their user id. */
export interface Verified {
  Variables: { customer: string };
}

/** Takes only requests that Chasqui signed, for this very method and address, a short while ago. */
export const signedBy =
  (secret: string, now: () => number): MiddlewareHandler<Verified> =>
  async (context, next) => {
    const customer = await customerOf(context, secret, now());
    if (customer === null) return context.json({ error: "signature" }, 401);
    context.set("customer", customer);
    return next();
  };

interface Signed {
  request: string;
  customer: { phone: string | null; user_id: string | null };
}

async function customerOf({ req }: Context, secret: string, nowMs: number): Promise<string | null> {
  const context = req.header("x-chasqui-context") ?? "";
  const signature = req.header("x-chasqui-signature") ?? "";
  const timeS = Number(/^t=(\d{1,12}),/.exec(signature)?.[1] ?? Number.NaN);
  if (!(Math.abs(nowMs / 1000 - timeS) <= FRESH_S)) return null;
  const body = await req.raw.clone().text();
  if (signature !== (await signConnectorBody(`${context}.${body}`, secret, timeS))) return null;
  const said = JSON.parse(Buffer.from(context, "base64url").toString()) as Signed;
  return said.request === `${req.method} ${req.url}` ? (said.customer.phone ?? said.customer.user_id) : null;
}
