/** Streamable HTTP of the Model Context Protocol: one bounded request for each message, and no stream that stays open. */
import type { JSONRPCMessage, MCPTransport } from "@ai-sdk/mcp";
import { open } from "../../http/call.ts";
import { brokenOff, CallError } from "../../http/call-error.ts";
import { parseJson } from "../../json/lenient.ts";

const ANSWER_BYTES = 256 * 1024;

/** Headers of one message: the customer's signed context too, where it is sent for one. */
export type HeadersOf = (body: string, signal: AbortSignal | undefined) => Promise<Record<string, string>>;

export interface TransportOptions {
  url: string;
  headersOf: HeadersOf;
  fetch: typeof fetch;
  /** For messages without a signal of their own. */
  timeoutMs: number;
}

/** The library's own transport keeps a second request open, reads without bound, and cannot sign a message. */
export function createTransport({ url, headersOf, fetch, timeoutMs }: TransportOptions): MCPTransport {
  let session: string | null = null;
  const transport: MCPTransport = {
    start: async () => {},
    close: async () => transport.onclose?.(),
    async send(message, { signal } = {}) {
      const body = JSON.stringify(message);
      const response = await open(url, {
        method: "POST",
        headers: {
          ...(await headersOf(body, signal)),
          accept: "application/json, text/event-stream",
          "content-type": "application/json",
          ...(session !== null && { "mcp-session-id": session }),
          ...(transport.protocolVersion && { "mcp-protocol-version": transport.protocolVersion }),
        },
        ...{ body, fetch },
        ...(signal ? { signal } : { timeoutMs }),
      });
      session = response.headers.get("mcp-session-id")?.slice(0, 500) ?? session;
      const id = "id" in message ? message.id : null;
      const answer = id === null ? null : await answerTo(id, response, signal);
      if (answer === null) await response.body?.cancel().catch(() => undefined);
      else transport.onmessage?.(answer);
    },
  };
  return transport;
}

/** The response to a message, of a JSON body or of a stream of events, read no further than to it. */
async function answerTo(
  id: string | number,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<JSONRPCMessage> {
  const isStream = response.headers.get("content-type")?.includes("text/event-stream") ?? false;
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      bytes += next.value.byteLength;
      if (bytes > ANSWER_BYTES) throw new CallError({ code: "too_large", retryable: false });
      text += decoder.decode(next.value, { stream: true });
      if (!isStream) continue;
      const cut = text.lastIndexOf("\n\n");
      const found = cut < 0 ? null : messageIn(eventsIn(text.slice(0, cut)), id);
      if (found) return found;
      text = cut < 0 ? text : text.slice(cut);
    }
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw brokenOff(error, signal?.aborted ?? false);
  } finally {
    reader?.cancel().catch(() => undefined);
  }
  const found = messageIn(isStream ? eventsIn(text) : [parseJson(text)].flat(), id);
  if (found) return found;
  throw new CallError({ code: "invalid_answer", retryable: false });
}

const eventsIn = (text: string): unknown[] =>
  text
    .replaceAll("\r\n", "\n")
    .split("\n\n")
    .map((event) =>
      parseJson(
        event
          .split("\n")
          .filter((line) => line.startsWith("data:"))
          .map((line) => line.slice(5).trimStart())
          .join("\n"),
      ),
    );

const messageIn = (messages: readonly unknown[], id: string | number): JSONRPCMessage | null =>
  (messages.find(
    (one) => typeof one === "object" && one !== null && "id" in one && one.id === id && !("method" in one),
  ) as JSONRPCMessage | undefined) ?? null;
