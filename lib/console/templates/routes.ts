import type { TemplatesView } from "../../../contracts/console/settings.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";

/** Templates of the company's number, as Meta lists them. */
export const TEMPLATE_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/templates",
    access: "agent",
    audit: null,
    handle: async ({ deps, tenantId }) => {
      const phoneNumberId = (await deps.outbox.phoneNumberId(tenantId)) ?? "";
      return Response.json((await deps.templates.list(phoneNumberId)) satisfies TemplatesView);
    },
  },
];
