import type { HttpBindings } from "@hono/node-server";
import type { Fault, FaultPlayer, FaultRule, FaultTiming } from "../faults/faults.ts";
import type { Answer, ParsedRequest, StreamFault } from "./protocol/request.ts";
import { errorBody } from "./protocol/wire.ts";

/**
 * Failure of one request to the model: a general fault, a body that is not JSON, other words or tool calls, a refusal. Words may come in a
 * stream that goes wrong.
 */
export type ModelFault =
  | Fault
  | (FaultTiming &
      (
        | { garbage: string }
        | { content: string; stream?: StreamFault }
        | { toolCalls: { name: string; arguments: string }[] }
        | { refusal: string }
      ));

/** Chooses the fault of each request to the model. */
export type ModelFaultRule = FaultRule<ParsedRequest, ModelFault>;

/** Plays a fault: a response, another answer, or null when the request goes on as usual. */
export async function playModelFault(
  fault: ModelFault,
  incoming: HttpBindings["incoming"],
  { wait, play }: FaultPlayer,
): Promise<Response | Answer | null> {
  if ("status" in fault) return play({ body: defaultBody(fault.status), ...fault }, incoming);
  if ("hang" in fault || "reset" in fault) return play(fault, incoming);
  await wait(fault);
  if ("garbage" in fault)
    return new Response(fault.garbage, { headers: { "content-type": "application/json" } });
  if ("content" in fault) return { text: fault.content, ...(fault.stream && { stream: fault.stream }) };
  return "toolCalls" in fault || "refusal" in fault ? fault : null;
}

const defaultBody = (status: number) => errorBody(status, `A ${status} made for a test.`, null);
