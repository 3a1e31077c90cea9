import { type Refusal, refusal } from "./refusals.ts";
import { type Template, type TemplateParameter, template } from "./template.ts";

/** A template that Meta knows; approved unless it says otherwise. */
export interface RegisteredTemplate {
  name: string;
  language: string;
  /** Placeholders of the body. */
  parameters: number;
  /** Set when the header takes a parameter. */
  header?: "text" | "image" | "video" | "document";
  /** `utility` when absent. */
  category?: "utility" | "marketing" | "authentication";
  /** Set when Meta has stopped it. */
  stopped?: "paused" | "disabled";
  /** Set when Meta has not approved it. */
  refused?: "rejected" | "pending";
  /** Names of the body's placeholders, where they have names. */
  names?: readonly string[];
  /** Components as Meta lists them; only a list needs them. */
  components?: readonly object[];
  /** Positions of buttons with a link that takes a value. */
  links?: readonly number[];
}

/** The registered template that a message names. */
export function registeredFor(
  content: unknown,
  registered: readonly RegisteredTemplate[],
): RegisteredTemplate | null {
  const { data } = template.safeParse(content);
  return (
    registered.find(({ name, language }) => name === data?.name && language === data.language.code) ?? null
  );
}

/** Meta's refusal of this use of a template, or null; `byUserId`: the message is addressed to a user id. */
export function refuseTemplate(
  content: unknown,
  registered: readonly RegisteredTemplate[],
  byUserId: boolean,
): Refusal | null {
  const used = template.parse(content);
  const found = registeredFor(content, registered);
  if (!found || found.refused)
    return refusal(132_001, `template name (${used.name}) does not exist in ${used.language.code}`);
  if (found.stopped)
    return refusal(found.stopped === "paused" ? 132_015 : 132_016, `template['name']: ${used.name}`);
  if (found.category === "authentication" && byUserId)
    return refusal(131_062, "recipient: authentication templates need a phone number in to");
  return refuseParameters(used, found);
}

function refuseParameters({ components = [] }: Template, found: RegisteredTemplate): Refusal | null {
  const of = (type: "header" | "body"): TemplateParameter[] =>
    components.filter((component) => component.type === type).flatMap(({ parameters }) => parameters);
  const [header, body] = [of("header"), of("body")];
  const headers = found.header ? 1 : 0;
  for (const [part, given, expected] of [
    ["body", body.length, found.parameters],
    ["header", header.length, headers],
  ] as const)
    if (given !== expected)
      return refusal(
        132_000,
        `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
      );
  if (header[0] && header[0].type !== found.header)
    return refusal(132_012, `header: Format mismatch, expected ${found.header}, received ${header[0].type}`);
  const links = components.flatMap((each) =>
    each.type === "button" && each.sub_type === "url" ? [each.index] : [],
  );
  const missing = (found.links ?? []).find((index) => !links.includes(index));
  if (missing !== undefined)
    return refusal(131_008, `buttons: Button at index ${missing} of type Url requires a parameter`);
  const unnamed = found.names?.find(
    (name, at) => body[at]?.type !== "text" || body[at].parameter_name !== name,
  );
  if (unnamed !== undefined) return refusal(100, `Parameter name ${unnamed} is missing or empty`);
  const other = body.find(({ type }) => type !== "text");
  if (other) return refusal(132_012, `body: Format mismatch, expected text, received ${other.type}`);
  const broken = [...header, ...body].some((one) => one.type === "text" && /[\n\t]| {5}/.test(one.text));
  return broken
    ? refusal(132_018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    : null;
}
