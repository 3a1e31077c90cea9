import "../config/acyclic.ts";
import { waitUntil } from "@vercel/functions";
import type { Database } from "../../db/client.ts";
import type { ScriptRunner } from "../cache/scripts.ts";
import { type Env, readEnv, readToolVariable } from "../config/env.ts";
import type { SteadyClock } from "../types/clock.ts";

/** Runtime that an endpoint is composed for. */
export interface Platform {
  /** Throws ConfigurationError. */
  env(): Env;
  /** Variables of the environment that begin with `TOOL_`; absent: there are none. */
  toolVariable?(name: string): string | undefined;
  /** Keeps the process alive until the promise ends, after the response. */
  waitUntil(promise: Promise<unknown>): void;
  /** True where a scheduler of the host calls the crons every few seconds. */
  hasScheduler?: boolean;
  /** True once a process that goes on after its responses has been told to end. */
  isStopping?(): boolean;
  /** Database over sockets; absent: over HTTP at POSTGRES_URL. */
  database?: Database;
  /** Cache over a socket; absent: over HTTP at KV_REST_API_URL. */
  scripts?: ScriptRunner;
  /** The caller's address, whatever they claim; null when it is not known. */
  clientAddress?(request: Request): string | null;
  /** Absent: the system's. */
  clock?: SteadyClock;
  /** Connects to public addresses only, or to these hosts; absent: addresses are looked up before each request. */
  publicFetch?(allowed: readonly string[]): typeof fetch;
  /** Used for the model and the Graph API; absent: the runtime's own. */
  fetch?: typeof fetch;
  /** Rounds of deriving a password; absent: as many as today's advice asks for. */
  passwordRounds?: number;
}

/** Vercel, edge or Node: every store over HTTP. */
export const vercel: Platform = {
  env: readEnv,
  toolVariable: readToolVariable,
  waitUntil,
  // Vercel sets it itself and drops what the caller sent: https://vercel.com/docs/headers/request-headers#x-real-ip
  clientAddress: (request) => request.headers.get("x-real-ip"),
};
