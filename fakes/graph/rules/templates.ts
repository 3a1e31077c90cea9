import { type Refusal, refusal } from "./refusals.ts";
import { type Template, type TemplateParameter, template } from "./template.ts";

/** A template that Meta has approved. */
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
  if (!found) return refusal(132_001, `template name (${used.name}) does not exist in ${used.language.code}`);
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
  const other = body.find(({ type }) => type !== "text");
  if (other) return refusal(132_012, `body: Format mismatch, expected text, received ${other.type}`);
  const broken = [...header, ...body].some((one) => one.type === "text" && /[\n\t]| {5}/.test(one.text));
  return broken
    ? refusal(132_018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    : null;
}
