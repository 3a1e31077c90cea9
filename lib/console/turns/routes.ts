import type { StoredTurn } from "../../types/console/turns.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type TenantCall, type TenantRoute } from "../http/route.ts";
import { isUuid } from "../inbox/query.ts";
import { shownTurn } from "./shown.ts";

/** One turn, seen through. */
export const TURN_ROUTES: readonly TenantRoute<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/turns/:id",
    access: "viewer",
    audit: async (call) => {
      const { conversationId } = await storedTurn(call);
      return { act: "turn.open", conversationId };
    },
    handle: async (call) => Response.json(shownTurn(await storedTurn(call), call.role !== "viewer")),
  },
];

async function storedTurn({ tenantId, params, deps }: TenantCall<ConsoleDeps>): Promise<StoredTurn> {
  const { id = "" } = params;
  const stored = isUuid(id) ? await deps.turns.read(tenantId, id) : null;
  if (!stored) throw new Refusal(404, "no_turn", "There is no such turn, or it was deleted.");
  return stored;
}
