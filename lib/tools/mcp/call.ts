/** One call of a tool of an MCP server. */
import { CallError } from "../../http/call-error.ts";
import { fieldsOf, listOf, parseJson } from "../../json/lenient.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool, McpVia, OnBehalfOf } from "../../types/tools/declared.ts";
import { MissingVariableError, type Values } from "../behalf/variables.ts";
import { broken, failure, type Sent } from "../http/failure.ts";
import type { CustomerCall, Sessions } from "./session.ts";

type McpTool = DeclaredTool & { via: McpVia };

export interface McpCalling {
  sessions: Sessions;
  values: Values;
  timeoutMs: number;
  signal: AbortSignal;
  log: Pick<Log, "warn">;
}

/** Calls a tool whose description and schema are those that a person approved. Throws MissingVariableError. */
export async function callMcp(
  tool: McpTool,
  input: { [key: string]: Json },
  behalf: OnBehalfOf,
  calling: McpCalling,
): Promise<Sent> {
  const controller = new AbortController();
  const stop = () => controller.abort(calling.signal.reason);
  if (calling.signal.aborted) stop();
  calling.signal.addEventListener("abort", stop, { once: true });
  const late = () => controller.abort(new DOMException("The deadline is over.", "TimeoutError"));
  const timer = setTimeout(late, calling.timeoutMs);
  const { values } = calling;
  const call: CustomerCall = { via: tool.via, behalf, values, sent: false };
  calling.sessions.calls.set(controller.signal, call);
  try {
    return await untilAborted(
      attempt(tool, input, call, { ...calling, signal: controller.signal }),
      controller.signal,
    );
  } catch (error) {
    if (error instanceof MissingVariableError) throw error;
    return failed(error, tool, call, controller.signal);
  } finally {
    clearTimeout(timer);
    calling.signal.removeEventListener("abort", stop);
  }
}

async function attempt(
  tool: McpTool,
  input: { [key: string]: Json },
  call: CustomerCall,
  { sessions, signal, log }: McpCalling,
): Promise<Sent> {
  const { via } = tool;
  const owner = { tenantId: call.behalf.tenant.id, values: call.values };
  for (let n = 1; ; n++) {
    const session = await sessions.of(via, owner);
    const listed = session.tools.get(via.tool);
    if (listed?.pin !== via.pin) {
      log.warn("tool.changed", { tool: tool.name, gone: listed === undefined });
      return { ok: false, code: "changed", mayHaveHappened: false, down: false };
    }
    try {
      return answerOf(await listed.call(input, signal), tool);
    } catch (error) {
      // The server has forgotten the session, and so has done nothing.
      const forgotten = error instanceof CallError && error.status === 404;
      if (!forgotten || n > 1) throw error;
      sessions.forget(via, owner);
    }
  }
}

/** The structured answer, else its texts: as JSON where they are. */
function answerOf(result: unknown, tool: McpTool): Sent {
  const { isError, structuredContent, content } = fieldsOf(result);
  if (isError === true) return { ...broken("tool_error", tool) };
  if (structuredContent !== undefined) return { ok: true, answer: structuredContent as Json };
  const text = listOf(content)
    .map((part) => fieldsOf(part).text)
    .filter((one): one is string => typeof one === "string")
    .join("\n");
  const parsed = parseJson(text);
  return { ok: true, answer: (parsed === undefined ? text : parsed) as Json };
}

function failed(error: unknown, tool: McpTool, { sent }: CustomerCall, signal: AbortSignal): Sent {
  const cause = signal.aborted ? signal.reason : error;
  const isLate = cause instanceof Error && cause.name === "TimeoutError";
  const unsent = { mayHaveHappened: false };
  if (signal.aborted)
    return { ...broken(isLate ? "timeout" : "aborted", tool), down: isLate, ...(!sent && unsent) };
  const found = error instanceof CallError ? failure(error, tool) : broken("tool_error", tool);
  return { ...found, ...(!sent && unsent) } as Sent;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject);
  });
}
