import { ACCESS_ROUTES } from "./access/routes.ts";
import { ACT_ROUTES } from "./acts/routes.ts";
import { AUDIT_ROUTES } from "./audit/routes.ts";
import type { ConsoleDeps } from "./http/deps.ts";
import type { Route } from "./http/route.ts";
import { SETTINGS_ROUTES } from "./settings/routes.ts";

/** ★ Every route of the console with who may call it. */
export const ROUTES: readonly Route<ConsoleDeps>[] = [
  ...ACCESS_ROUTES,
  ...AUDIT_ROUTES,
  ...SETTINGS_ROUTES,
  ...ACT_ROUTES,
];
