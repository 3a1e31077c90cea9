import type { ZodType } from "zod";
import type { Role } from "../../../contracts/console/access.ts";
import type { SignedIn } from "../../types/console/access.ts";

/** Who may call a route: everybody, everybody signed in, or members of the company with at least this role. */
export type Access = "public" | "session" | Role;

/** A request that was admitted. */
export interface Call<Deps> {
  request: Request;
  deps: Deps;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** JSON body, checked. Throws Refusal (400) that names the field. */
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

type Answer = Promise<Response> | Response;

interface Base {
  method: "GET" | "POST";
  /** Below `/api/console`; routes with a role begin with `/t/:tenant`. */
  path: string;
}

/** One row of the table of routes: nothing else decides who may call what. */
export type Route<Deps> =
  | (Base & { access: "public"; handle(call: Call<Deps>): Answer })
  | (Base & { access: "session"; handle(call: SessionCall<Deps>): Answer })
  | (Base & { access: Role; path: `/t/:tenant/${string}`; handle(call: TenantCall<Deps>): Answer });

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
