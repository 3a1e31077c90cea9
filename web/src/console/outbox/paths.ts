import { useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";

/** Path of the API below the open conversation, e.g. `/take`. */
export function useConversationPath(conversationId: string): (rest: string) => string {
  const { tenantId } = useTenant();
  return (rest) => tenantPath(tenantId, `/conversations/${encodeURIComponent(conversationId)}${rest}`);
}
