/** Ports of the tools. */

import type { Language, Tenant } from "./company.ts";
import type { Customer } from "./conversation.ts";
import type { Json } from "./json.ts";
import type { ReplyExtra } from "./outbound.ts";
import type { OnBehalfOf } from "./tools/declared.ts";

export interface KnowledgeHit {
  title: string;
  text: string;
  language: Language;
}

export interface KnowledgeBase {
  /** Passages of the tenant's knowledge base, best first; empty when nothing fits. */
  search(tenantId: string, query: string, language: Language, limit: number): Promise<KnowledgeHit[]>;
}

/** A passage with its topic and its weight among those that were found. */
export interface RankedHit extends KnowledgeHit {
  slug: string;
  score: number;
}

/** The same search, with ranks. */
export interface RankedKnowledge extends KnowledgeBase {
  search(tenantId: string, query: string, language: Language, limit: number): Promise<RankedHit[]>;
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

/** The company's own system, queried for one verified customer. */
export interface BusinessRecords {
  /** The customer's orders, newest first; with `number`, only that one, if it is theirs. Throws when the system fails. */
  orders(
    customer: Pick<Customer, "phone" | "waUserId">,
    number: string | null,
    signal: AbortSignal,
  ): Promise<OrderRecord[]>;
}

/** A company as its order system is called for it. */
export type OrderCompany = OnBehalfOf["tenant"] & Pick<Tenant, "tools">;

/** The order system that a company has connected; null: none. */
export type RecordsOf = (company: OrderCompany) => BusinessRecords | null;

export interface HandoffRequest {
  /** `customer_request`, `complaint`, `not_able`, … */
  reason: string;
  /** Summary for the operator who takes over. */
  summary: string;
}

/** Data and actions available to a tool: bound by the turn, never chosen by the model. */
export interface ToolContext {
  tenant: Tenant;
  customer: Customer;
  conversationId: string;
  turnId: string;
  /**
   * Stable across all attempts at this turn (a burst, a second rung, a successor). A tool that changes another system
   * sends it along with its own name and the object it changes, so that the change happens once.
   */
  idempotencyKey: string;
  language: Language;
  knowledge: KnowledgeBase;
  /** Null when the company has connected no system. */
  records: BusinessRecords | null;
  /** Opens a handoff together with this turn's reply: one statement writes both. */
  requestHandoff(request: HandoffRequest): void;
  /** True for an https address that stands, exactly so, in what a tool of this turn has returned. */
  hasReturned(url: string): boolean;
  /** Puts choices, a location request, a picture, a file or a page with the reply; the last offer counts. */
  offer(extra: ReplyExtra): void;
  /** Records a failure's code for maintainers; the model sees only a general error. */
  reportFailure(error: unknown): void;
}

/** One call of a tool within a turn. */
export interface ToolCallRecord {
  name: string;
  idempotencyKey: string;
  input: Json;
  output: Json;
  ms: number;
  failed: boolean;
}
