/** The port of the tools: what a tool may know and do. */
import type { Language, Tenant } from "./company.ts";
import type { Customer } from "./conversation.ts";
import type { ReplyExtra } from "./outbound.ts";

export interface KnowledgeHit {
  title: string;
  text: string;
  language: Language;
}

export interface KnowledgeBase {
  /** Best passages of the tenant's own knowledge base, best first; empty when nothing fits. */
  search(tenantId: string, query: string, language: Language, limit: number): Promise<KnowledgeHit[]>;
}

export interface OrderRecord {
  number: string;
  status: string;
  placedOn: string;
  items: { name: string; quantity: number }[];
  total: string;
  carrier?: string | undefined;
  trackingUrl?: string | undefined;
  expectedOn?: string | undefined;
}

/** The company's own system, asked on behalf of one verified person. */
export interface BusinessRecords {
  /** That person's orders, newest first; with `number`, that one if it is theirs. Throws when the system fails. */
  orders(
    user: Pick<Customer, "phone" | "waUserId">,
    number: string | null,
    signal: AbortSignal,
  ): Promise<OrderRecord[]>;
}

export interface HandoffRequest {
  /** `customer_request`, `complaint`, `not_able`, … */
  reason: string;
  /** For the agent who takes over. */
  summary: string;
}

/** What a tool may know and do: bound by the turn, never chosen by the model. */
export interface ToolContext {
  tenant: Tenant;
  user: Customer;
  conversationId: string;
  turnId: string;
  /**
   * The same however often this turn goes round (a burst, a second rung, a successor): a tool that acts on another
   * system sends it along, with its own name and what it acts on, so that the act happens once.
   */
  idempotencyKey: string;
  language: Language;
  knowledge: KnowledgeBase;
  /** Null when the company has connected no system. */
  records: BusinessRecords | null;
  /** Opens a handoff together with this turn's reply, in one statement: both happen or neither. */
  requestHandoff(request: HandoffRequest): void;
  /** Puts this under the words of the reply; the last offer counts. */
  offer(extra: ReplyExtra): void;
  /** Keeps the code of a failure that the model is only told of in general, for those who operate the bot. */
  reportFailure(error: unknown): void;
}
