/** Refusal of a request, in Meta's own error shape. */
export interface Refusal {
  status: number;
  error: {
    message: string;
    type: string;
    code: number;
    error_subcode?: number;
    error_data?: { messaging_product: "whatsapp"; details: string };
    fbtrace_id: string;
  };
}

const TRACE = "AlocalChasqui0000000000";

/** Meta's titles of the codes that this stand-in uses, in answers or in `failed` reports. */
const TITLES: Readonly<Record<number, string>> = {
  100: "Invalid parameter",
  130429: "Rate limit hit",
  130472: "User's number is part of an experiment",
  131008: "Required parameter is missing",
  131009: "Parameter value is not valid",
  131021: "Recipient cannot be sender",
  131026: "Message undeliverable",
  131030: "Recipient phone number not in allowed list",
  131031: "Business Account locked",
  131042: "Business eligibility payment issue",
  131047: "Re-engagement message",
  131049: "This message was not delivered to maintain healthy ecosystem engagement",
  131050: "User has stopped marketing messages from this business",
  131051: "Unsupported message type",
  131052: "Media download error",
  131053: "Media upload error",
  131056: "(Business Account, Consumer Account) pair rate limit hit",
  131062: "Business-scoped user ID recipients are not supported for this message",
  132000: "Number of parameters does not match the expected number of params",
  132001: "Template name does not exist in the translation",
  132012: "Parameter format does not match",
  132015: "Template is paused",
  132016: "Template is disabled",
  132018: "There is an issue with the parameters in your template",
};

/** Meta's title of an error code. */
export function titleOf(code: number): string {
  return TITLES[code] ?? "Message failed";
}

/** The bearer token is missing or wrong. */
export function unauthorized(): Refusal {
  const message = "Invalid OAuth access token - Cannot parse access token";
  return { status: 401, error: { message, type: "OAuthException", code: 190, fbtrace_id: TRACE } };
}

/** A business number or a file that does not belong to this account. */
export function unknownObject(id: string): Refusal {
  const message = `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  const error = { message, type: "GraphMethodException", code: 100, error_subcode: 33, fbtrace_id: TRACE };
  return { status: 400, error };
}

/** Codes that come with another HTTP status than 400. */
const STATUSES: Readonly<Record<number, number>> = { 132001: 404 };

/** Any other refusal; throttles come as HTTP 400 too. */
export function refusal(code: number, details: string): Refusal {
  const error_data = { messaging_product: "whatsapp" as const, details };
  const message = `(#${code}) ${titleOf(code)}`;
  const error = { message, type: "OAuthException", code, error_data, fbtrace_id: TRACE };
  return { status: STATUSES[code] ?? 400, error };
}

/** The refusal as an HTTP answer. */
export function refuse({ status, error }: Refusal): Response {
  return Response.json({ error }, { status });
}
