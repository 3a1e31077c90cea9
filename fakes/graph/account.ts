import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { Access } from "./rules/access.ts";
import { refuse, unknownObject } from "./rules/refusals.ts";

/** The app whose tokens these are. */
const APP_ID = "1029384756102938";

/** What Meta says of the tokens and the account, and whether it says anything. */
export interface AccountState {
  /** Meta is away: nothing that is read is answered. */
  isDown: boolean;
  tokenIsValid: boolean;
  /** Epoch seconds; 0: it does not end. */
  tokenEndsAtS: number;
  /** Ids of the apps that get the account's webhooks. */
  subscribedApps: readonly string[];
}

/** An account as it should be. */
export const WELL: AccountState = {
  isDown: false,
  tokenIsValid: true,
  tokenEndsAtS: 0,
  subscribedApps: [APP_ID],
};

interface AccountOptions {
  access: Access;
  accountId: string;
  account: () => AccountState;
}

/** Endpoints about the token and the account: `debug_token` and `subscribed_apps`. While Meta is away all reading fails. */
export function addAccount(
  app: Hono<{ Bindings: HttpBindings }>,
  { access, accountId, account }: AccountOptions,
): void {
  const away = { error: { message: "Service temporarily unavailable", type: "OAuthException", code: 2 } };
  app.use("/:version/*", (context, next) =>
    context.req.method === "GET" && account().isDown ? Promise.resolve(context.json(away, 503)) : next(),
  );
  const guarded = (answer: (context: Context) => Response) => (context: Context) => {
    const refusal = access.refuseReader(context.req.header("authorization"), null);
    return refusal ? refuse(refusal) : answer(context);
  };
  app.get(
    "/:version/debug_token",
    guarded((context) => {
      const { tokenIsValid, tokenEndsAtS } = account();
      const known = access.refuseReader(`Bearer ${context.req.query("input_token")}`, null) === null;
      const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];
      const of = { app_id: APP_ID, type: "SYSTEM_USER", application: "Chasqui (local)", scopes };
      const times = { expires_at: tokenEndsAtS, data_access_expires_at: 0 };
      return context.json({ data: { ...of, ...times, is_valid: known && tokenIsValid } });
    }),
  );
  app.get(
    "/:version/:accountId/subscribed_apps",
    guarded((context) => {
      const id = context.req.param("accountId") ?? "";
      if (id !== accountId) return refuse(unknownObject(id));
      const apps = account().subscribedApps.map((app) => ({ id: app, name: "Chasqui", link: "" }));
      return context.json({ data: apps.map((app) => ({ whatsapp_business_api_data: app })) });
    }),
  );
}
