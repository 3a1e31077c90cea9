/** Sessions with MCP servers, each used by all calls of a process. */
import type { MCPClient } from "@ai-sdk/mcp";
import type { McpVia, OnBehalfOf } from "../../types/tools/declared.ts";
import { contextHeaders, type Signing } from "../behalf/context.ts";
import type { Values } from "../behalf/variables.ts";
import { declaredHeaders, templateOf } from "../http/request.ts";
import { type ListedTool, pinOf } from "./pin.ts";
import { createTransport } from "./transport.ts";

/** Time limit of the greeting and of the list of tools. */
const GREETING_MS = 3_000;
/** Then the list is asked for again: what has changed is refused. */
const LIST_MS = 60_000;
const MOST_SESSIONS = 200;
const MOST_PAGES = 5;

/** A call of a tool on a customer's behalf. */
export interface CustomerCall {
  via: McpVia;
  behalf: OnBehalfOf;
  values: Values;
  /** Set when it is about to be sent. */
  sent: boolean;
}

/** A tool that a server lists, and how to call it. */
interface SessionTool {
  listed: ListedTool;
  pin: string;
  call(input: object, signal: AbortSignal): Promise<unknown>;
}

export interface Session {
  tools: ReadonlyMap<string, SessionTool>;
  listedAtMs: number;
}

export interface SessionOptions {
  fetch: typeof fetch;
  signing: Pick<Signing, "secret" | "now">;
}

/** Whose session it is, and what its server's address and headers name. */
export interface SessionOwner {
  tenantId: string;
  values: Values;
}

export interface Sessions {
  /** Throws MissingVariableError, CallError and errors of the library. */
  of(via: McpVia, owner: SessionOwner): Promise<Session>;
  /** Ends one that its server has forgotten. */
  forget(via: McpVia, owner: SessionOwner): void;
  /** The call that is made under this signal. */
  calls: WeakMap<AbortSignal, CustomerCall>;
}

export function createSessions({ fetch, signing }: SessionOptions): Sessions {
  const open = new Map<string, Promise<Session>>();
  const calls = new WeakMap<AbortSignal, CustomerCall>();
  const keyOf = (via: McpVia, { tenantId, values }: SessionOwner) =>
    JSON.stringify([tenantId, via.url, via.headers ?? {}, values.stamp]);
  const begin = async (via: McpVia, { values }: SessionOwner): Promise<Session> => {
    const url = templateOf(via, values);
    const own = declaredHeaders(via.headers, values);
    const transport = createTransport({
      ...{ url, fetch, timeoutMs: GREETING_MS },
      async headersOf(body, signal) {
        const call = signal && calls.get(signal);
        if (!call) return own;
        const signed = await contextHeaders(
          call.via.context,
          call.behalf,
          { method: "POST", url, body },
          { ...signing, values: call.values },
        );
        call.sent = true;
        return { ...own, ...signed };
      },
    });
    const { createMCPClient } = await import("@ai-sdk/mcp");
    const client = await createMCPClient({ transport, clientName: "chasqui", maxRetries: 0 });
    return { tools: await toolsOf(client), listedAtMs: signing.now() };
  };
  return {
    calls,
    async of(via, owner) {
      const key = keyOf(via, owner);
      const known = await open.get(key)?.catch(() => null);
      if (known && signing.now() - known.listedAtMs < LIST_MS) return known;
      const session = begin(via, owner);
      open.delete(key);
      open.set(key, session);
      session.catch(() => open.get(key) === session && open.delete(key));
      const [oldest] = open.keys();
      if (open.size > MOST_SESSIONS && oldest !== undefined) open.delete(oldest);
      return session;
    },
    forget: (via, owner) => void open.delete(keyOf(via, owner)),
  };
}

async function toolsOf(client: MCPClient): Promise<Map<string, SessionTool>> {
  const found = new Map<string, SessionTool>();
  let page = await client.listTools();
  for (let n = 1; n <= MOST_PAGES; n++) {
    const callable = client.toolsFromDefinitions(page);
    for (const listed of page.tools) {
      const { execute } = callable[listed.name] ?? {};
      if (!execute) continue;
      found.set(listed.name, {
        ...{ listed, pin: await pinOf(listed) },
        call: async (input, abortSignal) => execute(input, { abortSignal, toolCallId: "", messages: [] }),
      });
    }
    if (page.nextCursor === undefined) break;
    page = await client.listTools({ params: { cursor: page.nextCursor } });
  }
  return found;
}
