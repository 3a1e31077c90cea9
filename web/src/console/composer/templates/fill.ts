import type { OperatorMessage } from "../../../../../contracts/console/acts.ts";
import type { TemplateView } from "../../../../../contracts/console/settings.ts";

/** What was typed into the fields of a template. */
export interface TemplateValues {
  header: string[];
  body: string[];
  buttons: string[];
}

/** Why a template cannot be sent from here; null when it can. */
export type TemplateObstacle = Exclude<TemplateView["status"], "approved"> | "needs_place" | null;

/** Obstacle of a template: its status at Meta, or a header that is a place. */
export function obstacleOf({ status, header }: TemplateView): TemplateObstacle {
  if (status !== "approved") return status;
  return header?.kind === "location" ? "needs_place" : null;
}

/** Kind of the file in a template's header; null for another header, and without one. */
export function fileOf({ header }: TemplateView): "image" | "video" | "document" | null {
  return header === null || header.kind === "text" || header.kind === "location" ? null : header.kind;
}

/** Empty fields of a template; what is known of the customer stands in the first one of the body. */
export function emptyValues(template: TemplateView, name: string | null): TemplateValues {
  const body = template.placeholders.map((placeholder, place) =>
    (placeholder === "1" && place === 0) || /name|nombre|nome/iu.test(placeholder) ? (name ?? "") : "",
  );
  return {
    header: fileOf(template) ? [""] : template.headerPlaceholders.map(() => ""),
    body,
    buttons: template.buttons.filter(({ hasValue }) => hasValue).map(() => ""),
  };
}

/** A component's text with values in place of placeholders; an empty field keeps its placeholder visible. */
export function filledText(text: string, placeholders: readonly string[], values: readonly string[]): string {
  return text.replace(/\{\{\s*([\w]+)\s*\}\}/gu, (match, placeholder: string) => {
    const place = placeholders.indexOf(placeholder);
    return (place >= 0 && values[place]?.trim()) || match;
  });
}

/** True when every field has a value. */
export function isComplete({ header, body, buttons }: TemplateValues): boolean {
  return [...header, ...body, ...buttons].every((value) => value.trim() !== "");
}

/** The message that sends it. Meta refuses line breaks, tabs and runs of spaces in values, so they become single spaces. */
export function templateMessage({ name, language }: TemplateView, values: TemplateValues): OperatorMessage {
  const tidy = (list: readonly string[]) => list.map((value) => value.replace(/\s+/gu, " ").trim());
  return {
    kind: "template",
    name,
    language,
    header: tidy(values.header),
    body: tidy(values.body),
    buttons: tidy(values.buttons),
  };
}

const ORDER = ["approved", "paused", "pending", "unknown", "rejected", "disabled"];

/** Templates with the sendable ones first, those in the customer's language before the others, then by name. */
export function sortedTemplates(templates: readonly TemplateView[], language: string | null): TemplateView[] {
  const foreign = (template: TemplateView) =>
    language !== null && template.language.startsWith(language) ? 0 : 1;
  const standing = (template: TemplateView) =>
    obstacleOf(template) === "needs_place" ? 1 : ORDER.indexOf(template.status);
  return [...templates].sort(
    (a, b) =>
      standing(a) - standing(b) ||
      foreign(a) - foreign(b) ||
      a.name.localeCompare(b.name) ||
      a.language.localeCompare(b.language),
  );
}
