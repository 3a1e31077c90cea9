/** Values for the placeholders of quick replies; null when it is not known. */
export interface PlaceholderValues {
  name: string | null;
  operator: string | null;
  company: string | null;
}

const PLACEHOLDER = /(?<before>[^\S\n]*)\{\{\s*(?<name>[a-z_]+)\s*\}\}/gu;

/** The text with its placeholders filled. One without a value goes, with the space before it; an unknown one stays to be seen. */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (match, before: string, name: string) => {
    if (name !== "name" && name !== "operator" && name !== "company") return match;
    const value = values[name]?.trim();
    return value ? before + value : "";
  });
}

/** First name, as a greeting uses it. */
export function firstName(name: string | null): string | null {
  return name?.trim().split(/\s+/u)[0] || null;
}
