import type { OperatorMessage } from "../../../contracts/console/acts.ts";
import type { TemplateView } from "../../../contracts/console/settings.ts";
import type { TemplateComponent, TemplateMessage, TemplateParameter } from "../../types/outbound.ts";
import { placeholdersIn } from "./view.ts";

type Values = Extract<OperatorMessage, { kind: "template" }>;

/**
 * A template with its placeholders filled, and the words that the customer reads; a document in the header has this name. Throws RangeError
 * that says what is missing.
 */
export function fillTemplate(
  template: TemplateView,
  values: Values,
  filename: string | null = null,
): { message: TemplateMessage; text: string } {
  const { name, language, header, placeholders, headerPlaceholders } = template;
  if (header?.kind === "location") throw new RangeError("its header is a place, which cannot be filled here");
  const components: TemplateComponent[] = [];
  if (header?.kind === "text")
    add(components, "header", textValues(headerPlaceholders, values.header, "header"));
  else if (header) add(components, "header", [headerFile(header.kind, values.header, filename)]);
  add(components, "body", textValues(placeholders, values.body, "body"));
  components.push(...buttonValues(template, values.buttons));
  const message: TemplateMessage = {
    kind: "template",
    name,
    languageCode: language,
    ...(components.length > 0 && { components }),
  };
  return { message, text: saidBy(template, values) };
}

function add(
  components: TemplateComponent[],
  type: "header" | "body",
  parameters: TemplateParameter[],
): void {
  if (parameters.length > 0) components.push({ type, parameters });
}

function textValues(
  placeholders: readonly string[],
  values: readonly string[],
  where: string,
): TemplateParameter[] {
  const given = values.map(oneLine);
  if (given.length !== placeholders.length || given.includes(""))
    throw new RangeError(`its ${where} needs ${placeholders.length} values, none of them empty`);
  return placeholders.map((name, at) => ({
    type: "text",
    text: given[at] ?? "",
    ...(!/^\d+$/.test(name) && { name }),
  }));
}

/** Meta takes no line breaks, tabs or long gaps in a value. */
const oneLine = (value: string): string => value.replace(/\s+/g, " ").trim();

function headerFile(
  kind: "image" | "video" | "document",
  [id, ...more]: readonly string[],
  filename: string | null,
): TemplateParameter {
  if (!id || more.length > 0) throw new RangeError(`its header needs one ${kind}`);
  return { type: kind, media: { id }, ...(kind === "document" && filename !== null && { filename }) };
}

function buttonValues({ buttons }: TemplateView, values: readonly string[]): TemplateComponent[] {
  const filled = buttons.flatMap(({ kind, hasValue }, index) => (hasValue ? [{ kind, index }] : []));
  const given = values.map(oneLine);
  if (given.length !== filled.length || given.includes(""))
    throw new RangeError(`its buttons need ${filled.length} values, none of them empty`);
  return filled.map(({ kind, index }, at) => ({
    type: "button",
    subType: kind === "copy_code" ? "copy_code" : "url",
    index,
    parameters: [{ type: "text", text: given[at] ?? "" }],
  }));
}

/** Header, body and footer with the values in them. */
function saidBy(
  { header, body, footer, placeholders, headerPlaceholders }: TemplateView,
  values: Values,
): string {
  const above = header?.kind === "text" ? put(header.text, headerPlaceholders, values.header) : "";
  return [above, put(body, placeholders, values.body), footer].filter(Boolean).join("\n\n");
}

function put(text: string, names: readonly string[], values: readonly string[]): string {
  if (placeholdersIn(text).length === 0) return text;
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) =>
    oneLine(values[names.indexOf(name)] ?? ""),
  );
}
