import { tool } from "ai";
import { z } from "zod";
import type { ToolContext } from "../lib/types/tools.ts";

/** Puts a button for sharing a location under the reply; the answer comes back as a location message. */
export function createLocationRequest(context: ToolContext) {
  return tool({
    description:
      "Puts a button under your reply to share a location, when the answer depends on an unknown place (nearest shop, delivery). Ask for it in words too.",
    inputSchema: z.object({}),
    execute: async () => {
      context.offer({ kind: "location_request" });
      return { button: "shown", next: "Say why the location helps; they may also write the place." };
    },
  });
}
