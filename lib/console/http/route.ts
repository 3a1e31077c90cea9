import type { ZodType } from "zod";
import type { Role } from "../../../contracts/console/access.ts";
import type { SignedIn } from "../../types/console/access.ts";
import type { AuditDetail } from "../../types/console/audit.ts";

/** Who may call a route: everybody, everybody signed in, or members of the company with at least this role. */
export type Access = "public" | "session" | Role;

/** A request that was admitted. */
export interface Call<Deps> {
  request: Request;
  deps: Deps;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** JSON body, read once and checked. Throws Refusal (400) that names the field. */
  body<T>(schema: ZodType<T>): Promise<T>;
}

/** A request of somebody signed in. */
export interface SessionCall<Deps> extends Call<Deps> {
  who: SignedIn;
}

/** A request about one company, of somebody who may make it. */
export interface TenantCall<Deps> extends SessionCall<Deps> {
  tenantId: string;
  role: Role;
}

/** What a route's line in the audit log says where its name and path do not say it. */
export interface AuditNote {
  act: string;
  /** Absent: the conversation of the path. */
  conversationId?: string | null;
  /** Absent: the other parameters of the path. */
  detail?: AuditDetail;
}

/**
 * The route's line in the audit log: the name of the look or act; null where nothing of a customer is seen and nothing is changed; a
 * function where the line depends on the request.
 */
export type Audit<Deps> =
  | string
  | null
  | ((call: TenantCall<Deps>) => AuditNote | null | Promise<AuditNote | null>);

type Answer = Promise<Response> | Response;

interface Base {
  method: "GET" | "POST";
  /** Below `/api/console`; routes with a role begin with `/t/:tenant`. */
  path: string;
  /** Largest JSON body; absent: 64 KB. */
  maxJsonBytes?: number;
}

/** One row of the table of routes: nothing else decides who may call what. */
export type Route<Deps> =
  | (Base & { access: "public"; handle(call: Call<Deps>): Answer })
  | (Base & { access: "session"; handle(call: SessionCall<Deps>): Answer })
  | TenantRoute<Deps>;

/** A route of one company. Its line in the audit log is written before it is handled, or before its answer is shown, so no handler can forget it. */
export type TenantRoute<Deps> = Base & {
  access: Role;
  path: `/t/:tenant/${string}`;
  audit: Audit<Deps>;
  /** A look at our own database alone: it is read while its line is being written, and shown only once that is done. */
  readWhileWritten?: true;
  handle(call: TenantCall<Deps>): Answer;
};

/** A refusal with words for people; the response of a handler that throws it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
