import type { ReplyExtra } from "../../lib/types/outbound.ts";
import type { HandoffRequest, ToolContext } from "../../lib/types/tools.ts";

/** A tool's context with nothing in it, and what was asked of it; give what the test is about. */
export function toolContext(
  parts: Partial<ToolContext> = {},
): ToolContext & { handoffs: HandoffRequest[]; offers: ReplyExtra[] } {
  const handoffs: HandoffRequest[] = [];
  const offers: ReplyExtra[] = [];
  return {
    tenant: {
      id: "tenant-1",
      phoneNumberId: "100",
      profile: {
        name: "Tambo",
        about: "",
        tone: "",
        hours: "10 to 20",
        timeZone: "America/Lima",
        language: "es",
        contact: "",
      },
    },
    customer: {
      id: "user-1",
      phone: "51987654321",
      waUserId: null,
      name: "Ana",
      language: null,
      optedOut: false,
    },
    conversationId: "conversation-1",
    turnId: "turn-1",
    idempotencyKey: "conversation-1:message-1",
    language: "es",
    knowledge: { search: async () => [] },
    records: null,
    hasReturned: () => false,
    reportFailure: () => undefined,
    requestHandoff: (request) => {
      handoffs.push(request);
    },
    offer: (extra) => {
      offers.push(extra);
    },
    handoffs,
    offers,
    ...parts,
  };
}
