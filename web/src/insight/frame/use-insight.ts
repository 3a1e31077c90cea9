import type { SWRResponse } from "swr";
import type { ApiError } from "../../console/client/api.ts";
import { useTenantApi } from "../../console/client/use-api.ts";
import { useRange } from "./use-range.ts";

/** Figures are rolled up each minute. */
const REFRESH_MS = 60_000;

/** Figures at a path below `/insight`, for the range and filters of the address; null waits. What was shown stays while others load. */
export function useInsight<T>(path: string | null): SWRResponse<T, ApiError> {
  const { query } = useRange();
  const asked = path === null ? null : `/insight/${path}${query ? `?${query}` : ""}`;
  return useTenantApi<T>(asked, {
    keepPreviousData: true,
    refreshInterval: REFRESH_MS,
    revalidateOnFocus: false,
  });
}
