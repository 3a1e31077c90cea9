import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";
import { type ApiError, api, isPassing } from "./api.ts";
import { useTenant } from "./session.tsx";
import { tenantPath } from "./tenant-path.ts";

export { tenantPath };

/** Configuration of server state: passing trouble is retried, refusals are shown. */
export const SWR_OPTIONS: SWRConfiguration = {
  fetcher: (path: string) => api(path),
  shouldRetryOnError: isPassing,
  errorRetryInterval: 3_000,
  dedupingInterval: 1_000,
};

/** Server state at a path of the API; null waits. */
export function useApi<T>(path: string | null, options: SWRConfiguration = {}): SWRResponse<T, ApiError> {
  return useSWR<T, ApiError>(path, options);
}

/** Server state of the current company, e.g. `/operators`. */
export function useTenantApi<T>(
  path: string | null,
  options: SWRConfiguration = {},
): SWRResponse<T, ApiError> {
  const { tenantId } = useTenant();
  return useApi<T>(path === null ? null : tenantPath(tenantId, path), options);
}
