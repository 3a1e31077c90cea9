import { alerts } from "../alerts/en.ts";
import { conversations } from "./insight-conversations.ts";
import { frame } from "./insight-frame.ts";
import { money } from "./insight-money.ts";
import { service } from "./insight-service.ts";
import { targets } from "./insight-targets.ts";

/** English texts of the insight pages. */
export const insight = { alerts, conversations, frame, money, service, targets };
