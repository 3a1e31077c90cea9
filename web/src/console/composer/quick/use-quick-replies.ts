import type { QuickReply } from "../../../../../contracts/console/settings.ts";
import { useTenantApi } from "../../client/use-api.ts";

/** Quick replies of the company; they change seldom, so one reading serves many conversations. */
export function useQuickReplies(wanted: boolean): readonly QuickReply[] | undefined {
  return useTenantApi<QuickReply[]>(wanted ? "/quick-replies" : null, { dedupingInterval: 30_000 }).data;
}
