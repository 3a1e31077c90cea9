import { alerts } from "../alerts/pt.ts";
import type { insight as english } from "../en/insight.ts";
import { conversations } from "./insight-conversations.ts";
import { frame } from "./insight-frame.ts";
import { money } from "./insight-money.ts";
import { service } from "./insight-service.ts";
import { targets } from "./insight-targets.ts";

/** Portuguese texts of the insight pages. */
export const insight: typeof english = { alerts, conversations, frame, money, service, targets };
