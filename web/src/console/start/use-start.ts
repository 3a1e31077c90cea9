import type { StartView } from "../../../../contracts/console/settings.ts";
import { useTenantApi } from "../client/use-api.ts";

/** What a new company has done and has still to do. */
export const useStart = () => useTenantApi<StartView>("/start", { revalidateOnFocus: false });
