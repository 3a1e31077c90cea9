/** Tools that a company declares as data, and the port that calls them. */
import type { CompanyProfile, Language, OpeningHours, Tenant } from "../company.ts";
import type { Customer } from "../conversation.ts";
import type { Json } from "../json.ts";

/** A JSON Schema (2020-12) as data. */
export type JsonSchema = { readonly [key: string]: Json };

/** A call of a company's HTTP endpoint. */
export interface HttpVia {
  kind: "http";
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Absolute; `{field}` behind the host stands for a field of the input, encoded for its place. May begin with `${env:TOOL_…}` or `${secret:…}`,
   * the address of the system without a path of its own.
   */
  url: string;
  /** Query parameter → field of the input; an absent field adds none. */
  query?: Readonly<Record<string, string>>;
  /** Headers; `${env:TOOL_…}` stands for a variable of the environment, `${secret:…}` for a secret of the company. */
  headers?: Readonly<Record<string, string>>;
  /** Fields of the input that make the JSON body; absent: those that stand neither in the URL nor in the query, unless the method is GET. */
  body?: readonly string[];
  context?: ContextVia;
}

/**
 * How the customer's signed context goes along: `none` (for systems that are not the company's own), or signed by the secret in this
 * variable, `TOOL_…`, or by this secret of the company; absent: signed by `COMPANY_API_SECRET`.
 */
export type ContextVia = "none" | `TOOL_${string}` | `\${secret:${string}}`;

/** Secrets of a company by name, as they are kept (`lib/crypto/seal.ts`). */
export type SealedSecrets = Readonly<Record<string, string>>;

/** A call of a tool of an MCP server over HTTP. */
export interface McpVia {
  kind: "mcp";
  url: string;
  headers?: Readonly<Record<string, string>>;
  context?: ContextVia;
  /** The tool's name at the server. */
  tool: string;
  /** SHA-256 (hex) of the description and schema that a person approved; another one is refused. */
  pin: string;
}

/** Free slots: the opening hours without what a calendar feed (iCalendar, RFC 5545) says is busy. */
export interface IcalVia {
  kind: "ical";
  /** The feed; `${env:TOOL_…}` or `${secret:…}` stands for all of it or for a part behind the host, as private addresses are secrets. */
  url: string;
  /** 5 to 480. */
  slotMinutes: number;
  /** When slots may be; absent: the company's opening hours. The company's own exceptions hold all the same. */
  hours?: OpeningHours;
  /** Minutes from now on that cannot be booked any more; none by default. */
  noticeMinutes?: number;
  /** Days ahead that can be booked; 30 by default, 180 at most. */
  daysAhead?: number;
  /** Events at the same time that leave no place for another; 1 by default. An event of a whole day leaves none in any case. */
  capacity?: number;
}

/** The company's order system, by the protocol of docs/connector.md. `lookup` reads it; the model never sees the tool itself. */
export interface OrdersVia {
  kind: "orders";
  /** `/orders/search` is appended; may begin with `${env:TOOL_…}` or `${secret:…}`. */
  url: string;
  /** The secret that signs requests, as for contexts. Absent in the deployment's own alone, where it is `COMPANY_API_SECRET`. */
  context?: Exclude<ContextVia, "none">;
}

/** A template that is sent to the customer some time before what an effect has arranged. In its texts fields stand as in `done`. */
export interface Remind {
  /** When it begins: `{answer.starts}`, or `{day}T{time}`; without an offset from UTC by the company's clock. */
  at: string;
  /** What names the appointment: `{answer.code}`. A later reminder of the same name takes its place. */
  key: string;
  /** Minutes before; 15 to 10,080. */
  before: number;
  /** A template that Meta has approved, with Meta's code of its language for each of the customer's. */
  template: { name: string; languageCodes: Partial<Record<Language, string>> };
  /** What fills the placeholders of its body, in their order. */
  values: readonly string[];
  /** Hours of the company's clock in which none is sent, `22:00-07:00`, or `none`; `21:00-08:00` by default. */
  quiet?: string;
}

/** What makes a tool change something: it is proposed by the model and done by the customer's own tap (docs/effects.md). */
export interface Effect {
  /** The question, by language; `{field}` stands for a field of the input. */
  ask: Partial<Record<Language, string>>;
  /** What is said when it was done; `{field}` of the input, `{answer.field}` of what the system answered. */
  done: Partial<Record<Language, string>>;
  /** What is said when the system refused it, by its status from 400 to 499; `{field}` of the input. Others have words of ours. */
  refused?: Readonly<Record<string, Partial<Record<Language, string>>>>;
  /** Minutes within which the customer may confirm; 10 by default, 1,440 at most. */
  minutes?: number;
  /** When an operator must approve what the customer has confirmed: always, or when this number of the input is above a limit. */
  approval?: "always" | { field: string; above: number };
  /** Sent before what was arranged. */
  remind?: Remind;
  /** What names the appointment that is no more, `{code}`: its reminder is forgotten. */
  forget?: string;
}

/** One tool of a company. */
export interface DeclaredTool {
  /** As intents and the model name it: a-z, 0-9 and _. */
  name: string;
  /** For the model. */
  description: string;
  /** Schema of the input, an object; no field may name a customer. That of a calendar or an order system is Chasqui's own. */
  input: JsonSchema;
  via: HttpVia | McpVia | IcalVia | OrdersVia;
  answer?: {
    /** Field that the model sees → JSON pointer into the answer; absent: all of it, trimmed. */
    pick?: Readonly<Record<string, string>>;
    /** What the system promises to answer; anything else counts as a failure. */
    schema?: JsonSchema;
  };
  /** Milliseconds, 100 to 10,000; 2,000 by default. */
  timeoutMs?: number;
  effect?: Effect;
  /** `order`: gets the carts that customers send from the catalogue. Its input is filled in by code, and the model never sees it. */
  takes?: "order";
}

/** On whose behalf a tool is called: from the verified webhook, never from the model. */
export interface OnBehalfOf {
  tenant: Pick<Tenant, "id" | "phoneNumberId"> & {
    /** When and where it is open, for calendars; without it they are not read. */
    profile?: Pick<CompanyProfile, "hours" | "openingHours" | "timeZone">;
    /** What tools name as `${secret:…}`. */
    secrets?: SealedSecrets | null;
  };
  customer: Pick<Customer, "phone" | "waUserId">;
  conversationId: string;
  /** Stable across all attempts at the same call. */
  idempotencyKey: string;
}

/** How a call ended. */
export type ToolOutcome =
  | { ok: true; answer: Json }
  | {
      ok: false;
      /**
       * `timeout`, `aborted`, `connection`, `http_<status>`, `redirect`, `too_large`, `invalid_input`, `invalid_answer`, `refused_address`,
       * `missing_variable`, `circuit_open`, `changed`, `tool_error`, `unknown_hours`: holds nothing that anybody wrote.
       */
      code: string;
      /** False when it is certain that nothing was done; true when the system may have done it. */
      mayHaveHappened: boolean;
    };

/** Calls declared tools. Never throws for what a system does. */
export interface ToolRunner {
  /** The input as it would be sent: the fields that the schema names; null when it does not fit. */
  checked(tool: DeclaredTool, input: Json): Promise<Json | null>;
  run(tool: DeclaredTool, input: Json, behalf: OnBehalfOf, signal: AbortSignal): Promise<ToolOutcome>;
}
