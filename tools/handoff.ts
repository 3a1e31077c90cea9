import { tool } from "ai";
import { z } from "zod";
import type { ToolContext } from "../lib/types/tools.ts";

const REASONS = ["customer_request", "complaint", "refund", "not_able", "other"] as const;

/** Hands the conversation to an operator together with this turn's reply; the bot is silent afterwards. */
export function createHandoff(context: ToolContext) {
  return tool({
    description:
      "Passes this conversation to a person of the team: when the customer asks for one, somebody must act, or you cannot help. Afterwards tell the customer what the result says.",
    inputSchema: z.object({
      reason: z.enum(REASONS),
      summary: z
        .string()
        .max(500)
        .describe("For the person who takes over: what the customer wants and what was said or tried."),
    }),
    execute: async ({ reason, summary }) => {
      context.requestHandoff({ reason, summary });
      return {
        handoff: "opened",
        tell_the_customer: `A person from ${context.tenant.profile.name} will reply in this same chat; no need to repeat anything. Opening hours: ${context.tenant.profile.hours}`,
      };
    },
  });
}
