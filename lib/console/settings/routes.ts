import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";
import { settingsChangeSchema, settingsOf } from "./settings.ts";

/** Choices of a company's owner. */
export const SETTINGS_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/settings",
    access: "viewer",
    audit: null,
    handle: async ({ tenantId, deps }) => Response.json(settingsOf(await deps.settings.read(tenantId))),
  },
  {
    method: "POST",
    path: "/t/:tenant/settings",
    access: "owner",
    audit: "settings.change",
    handle: async ({ tenantId, deps, body }) => {
      const changes = await body(settingsChangeSchema);
      return Response.json(settingsOf(await deps.settings.change(tenantId, changes)));
    },
  },
];
