import { ACCESS_ROUTES } from "./access/routes.ts";
import { ACT_ROUTES } from "./acts/routes.ts";
import { AUDIT_ROUTES } from "./audit/routes.ts";
import { CUSTOMER_ACT_ROUTES } from "./customer-acts/routes.ts";
import type { ConsoleDeps } from "./http/deps.ts";
import type { Route } from "./http/route.ts";
import { INBOX_ROUTES } from "./inbox/routes.ts";
import { INSIGHT_ROUTES } from "./insight/routes.ts";
import { KNOWLEDGE_ROUTES } from "./knowledge/routes.ts";
import { LIVE_ROUTES } from "./live/routes.ts";
import { PLAYGROUND_ROUTES } from "./playground/routes.ts";
import { QUICK_REPLY_ROUTES } from "./quick-replies/routes.ts";
import { RATE_ROUTES } from "./rates/routes.ts";
import { RATING_ROUTES } from "./ratings/routes.ts";
import { SENDING_ROUTES } from "./sending/routes.ts";
import { SETTINGS_ROUTES } from "./settings/routes.ts";
import { SUGGEST_ROUTES } from "./suggest/routes.ts";
import { TEAM_ROUTES } from "./team/routes.ts";
import { TEMPLATE_ROUTES } from "./templates/routes.ts";
import { THREAD_ROUTES } from "./thread/routes.ts";
import { TURN_ROUTES } from "./turns/routes.ts";
import { UPLOAD_ROUTES } from "./uploads/routes.ts";
import { VERSION_ROUTES } from "./versions/routes.ts";

/** ★ Every route of the console with who may call it. */
export const ROUTES: readonly Route<ConsoleDeps>[] = [
  ...ACCESS_ROUTES,
  ...INBOX_ROUTES,
  ...THREAD_ROUTES,
  ...ACT_ROUTES,
  ...CUSTOMER_ACT_ROUTES,
  ...TEAM_ROUTES,
  ...AUDIT_ROUTES,
  ...SETTINGS_ROUTES,
  ...RATING_ROUTES,
  ...SUGGEST_ROUTES,
  ...LIVE_ROUTES,
  ...SENDING_ROUTES,
  ...UPLOAD_ROUTES,
  ...TEMPLATE_ROUTES,
  ...QUICK_REPLY_ROUTES,
  ...INSIGHT_ROUTES,
  ...RATE_ROUTES,
  ...PLAYGROUND_ROUTES,
  ...TURN_ROUTES,
  ...VERSION_ROUTES,
  ...KNOWLEDGE_ROUTES,
];
