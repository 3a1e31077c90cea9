import type { StartView } from "../../../../contracts/console/settings.ts";
import { useTenantApi } from "../client/use-api.ts";
import { KeyedStore } from "../outbox/store.ts";

/** What a new company has done and has still to do. */
export const useStart = () => useTenantApi<StartView>("/start", { revalidateOnFocus: false });

/** How often this page has removed demo data, by company: what was read before is read again. */
export const demoRemovals = new KeyedStore(0);
