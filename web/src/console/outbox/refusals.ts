const KNOWN = [
  "offline",
  "signed_out",
  "role",
  "others_wrote",
  "not_yours",
  "taken",
  "window_closed",
  "opted_out",
  "closed",
  "template_not_sendable",
  "too_large",
  "file_type",
  "empty_file",
  "file_gone",
  "gone",
  "busy",
  "invalid",
  "other",
] as const;

/** Why a message or an act was not accepted, as far as the page has an answer to it. */
export type Refusal = (typeof KNOWN)[number];

/** The server's names for the same. */
const OTHER_NAMES: Readonly<Record<string, Refusal>> = {
  template_paused: "template_not_sendable",
  template_missing: "template_not_sendable",
  template_not_approved: "template_not_sendable",
  templates_unavailable: "busy",
  template_values: "invalid",
  unknown_message: "invalid",
  file_too_large: "too_large",
  not_found: "gone",
};

/** Refusal for an error code and a status; status 0 means that no answer came. */
function refusalFor(code: string, status: number): Refusal {
  const known = KNOWN.find((name) => name === code);
  if (known) return known;
  if (Object.hasOwn(OTHER_NAMES, code)) return OTHER_NAMES[code] ?? "other";
  if (status === 0) return "offline";
  if (status === 403) return "role";
  if (status === 404) return "gone";
  if (status === 413) return "too_large";
  return status === 429 || status >= 500 ? "busy" : "other";
}

/** Refusal for what a request threw: the client's error has a code and a status. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error) || !("code" in error) || !("status" in error)) return "other";
  return refusalFor(String(error.code), Number(error.status));
}

/** Name of the operator who was first, or has it, where the refusal says so. */
export function colleagueIn(error: unknown): string | null {
  if (!(error instanceof Error) || !("body" in error)) return null;
  const { by } = (error.body as { error?: { by?: { name?: unknown } } } | null)?.error ?? {};
  return typeof by?.name === "string" ? by.name : null;
}
