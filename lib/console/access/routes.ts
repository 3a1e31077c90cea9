import type { Me } from "../../../contracts/console/access.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";

/** Coming in, and what belongs to the person rather than to a company. */
export const ACCESS_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/session",
    access: "session",
    handle: ({ who }) => {
      const { operatorId: id, email, name, language, memberships } = who;
      return Response.json({ id, email, name, language, memberships } satisfies Me);
    },
  },
];
