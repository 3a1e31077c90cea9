import { Check } from "./check.ts";
import { framed, interactive } from "./frame.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

/** The Graph body of a text with a button that opens a form. */
export function flowBody(message: FreeForm<"flow">): GraphPart {
  const check = new Check("flow");
  const { flow, screen, data } = message;
  if (data && screen === undefined)
    check.refuse("screen", "a screen with data", "none", "Name the screen that the data is for.");
  if (data && Object.keys(data).length === 0)
    check.refuse("data", "one or more fields", 0, "Leave it out when there is none.");
  if (/\p{Extended_Pictographic}/u.test(message.label))
    check.refuse("label", "no emoji", "one", "Take it out.");
  return interactive("flow", framed(check, message), {
    name: "flow",
    parameters: {
      flow_message_version: "3",
      ...("id" in flow
        ? { flow_id: check.text("flow.id", flow.id) }
        : { flow_name: check.text("flow.name", flow.name) }),
      flow_token: check.text("token", message.token),
      flow_cta: check.text("label", message.label, LIMITS.flowLabel),
      ...(message.draft === true && { mode: "draft" }),
      ...(screen !== undefined && {
        flow_action: "navigate",
        flow_action_payload: { screen: check.text("screen", screen), ...(data && { data }) },
      }),
    },
  });
}
