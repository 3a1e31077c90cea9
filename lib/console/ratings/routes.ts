import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";

const DEFAULT_DAYS = 30;
const MOST_DAYS = 365;

/** What owners and colleagues look at from above, and the end of the demonstration. */
export const RATING_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/csat",
    access: "viewer",
    audit: null,
    handle: async ({ deps, tenantId, query }) =>
      Response.json(await deps.overview.ratings(tenantId, daysIn(query))),
  },
  {
    method: "GET",
    path: "/t/:tenant/start",
    access: "viewer",
    audit: null,
    handle: async ({ deps, tenantId }) => Response.json(await deps.overview.start(tenantId)),
  },
  {
    method: "POST",
    path: "/t/:tenant/demo/remove",
    access: "owner",
    audit: "demo.remove",
    handle: async ({ deps, tenantId }) =>
      Response.json({ removed: await deps.overview.removeDemo(tenantId) }),
  },
];

/** Whole days, 1 to 365; 30 for anything else. */
function daysIn(query: URLSearchParams): number {
  const days = Number(query.get("days") ?? DEFAULT_DAYS);
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : DEFAULT_DAYS;
}
