import type { TemplateComponent, TemplateMessage, TemplateParameter } from "../../types/outbound.ts";
import { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import { mediaSource } from "./media.ts";
import type { GraphPart } from "./part.ts";

/** The Graph body of an approved template with its placeholders filled. */
export function templateBody(message: TemplateMessage): GraphPart {
  const check = new Check("template");
  const components = message.components ?? [];
  const name = check.text("name", message.name, LIMITS.templateName);
  if (!/^[a-z0-9_]+$/.test(name))
    check.refuse("name", "a-z, 0-9 and _", "other characters", "Give it as it stands in WhatsApp Manager.");
  if (!/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(message.languageCode))
    check.refuse("languageCode", "a code such as es or pt_BR", "another form", "See the template's page.");
  check.unique("components", components.map(placeOf));
  return {
    type: "template",
    template: {
      name,
      language: { code: message.languageCode },
      ...(components.length > 0 && {
        components: components.map((component, at) =>
          componentBody(check, `components[${at}]`, component, components.length === 1),
        ),
      }),
    },
  };
}

const placeOf = ({ type, index }: TemplateComponent): string =>
  type === "button" ? `button ${index}` : type;

function componentBody(check: Check, field: string, component: TemplateComponent, alone: boolean): object {
  if (component.type === "button") return buttonBody(check, field, component);
  const { type, subType, index, parameters } = component;
  if (subType !== undefined || index !== undefined)
    check.refuse(field, "subType and index only with buttons", "one", "Leave both out.");
  const inside = `${field}.parameters`;
  check.count(inside, parameters, type === "header" ? 1 : Number.POSITIVE_INFINITY);
  const named = parameters.filter((parameter) => parameter.type === "text" && parameter.name !== undefined);
  if (named.length > 0 && named.length < parameters.length)
    check.refuse(inside, "all of them named, or none", `${named.length} named`, "Name them all.");
  const maxBody = alone ? LIMITS.templateBodyTextAlone : LIMITS.templateBodyText;
  const maxText = type === "header" ? LIMITS.templateHeaderText : maxBody;
  return {
    type,
    parameters: parameters.map((parameter, at) =>
      placeholder(check, `${inside}[${at}]`, parameter, { type, maxText }),
    ),
  };
}

function buttonBody(check: Check, field: string, component: TemplateComponent): object {
  const { type, subType, index, parameters } = component;
  if (subType === undefined || index === undefined)
    return check.refuse(field, "a subType and an index with buttons", "less", "Give both.");
  if (!Number.isInteger(index) || index < 0 || index >= LIMITS.templateButtons)
    check.refuse(`${field}.index`, `0 to ${LIMITS.templateButtons - 1}`, index, "Count from 0.");
  const filled = check
    .count(`${field}.parameters`, parameters, 1)
    .map((parameter) => buttonParameter(check, `${field}.parameters[0]`, subType, parameter));
  return { type, sub_type: subType, index: String(index), parameters: filled };
}

/** Button parameter in the form that its type has at Meta. */
function buttonParameter(
  check: Check,
  field: string,
  subType: NonNullable<TemplateComponent["subType"]>,
  parameter: TemplateParameter,
): object {
  if (parameter.type !== "text" && parameter.type !== "payload")
    return check.refuse(field, "a text or payload in a button", parameter.type, "Put files in the header.");
  const value = check.text(field, parameter.type === "text" ? parameter.text : parameter.payload);
  switch (subType) {
    case "url":
      return { type: "text", text: value };
    case "quick_reply":
      return { type: "payload", payload: value };
    case "copy_code":
      return { type: "coupon_code", coupon_code: check.text(field, value, LIMITS.templateCoupon) };
    case "flow":
      return { type: "action", action: { flow_token: value } };
  }
}

function placeholder(
  check: Check,
  field: string,
  parameter: TemplateParameter,
  { type, maxText }: { type: "header" | "body"; maxText: number },
): object {
  switch (parameter.type) {
    case "text":
      if (/[\n\t]| {5}/.test(parameter.text))
        check.refuse(field, "one line, no tab and up to 4 spaces in a row", "more", "Put it on one line.");
      return {
        type: "text",
        ...(parameter.name !== undefined && { parameter_name: check.text(`${field}.name`, parameter.name) }),
        text: check.text(`${field}.text`, parameter.text, maxText),
      };
    case "payload":
      return check.refuse(field, "payloads in buttons only", type, "Use a text.");
    default: {
      if (type === "body")
        return check.refuse(field, "text in the body", parameter.type, "Put files in the header.");
      const filename = parameter.type === "document" ? parameter.filename : undefined;
      const file = mediaSource(check, `${field}.media`, parameter.media);
      return {
        type: parameter.type,
        [parameter.type]: {
          ...file,
          ...(filename !== undefined && { filename: check.text(`${field}.filename`, filename) }),
        },
      };
    }
  }
}
