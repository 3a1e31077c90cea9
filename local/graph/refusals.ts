/** Why the Graph API refuses a request, in Meta's own error shape. */
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

/** The bearer token is missing or wrong. */
export function unauthorized(): Refusal {
  const message = "Invalid OAuth access token - Cannot parse access token";
  return { status: 401, error: { message, type: "OAuthException", code: 190, fbtrace_id: TRACE } };
}

/** The business number is not one of this account's. */
export function unknownObject(id: string): Refusal {
  const message = `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  const error = { message, type: "GraphMethodException", code: 100, error_subcode: 33, fbtrace_id: TRACE };
  return { status: 400, error };
}

/** A parameter is missing, too long or of the wrong kind. */
export function invalidParameter(details: string): Refusal {
  const error_data = { messaging_product: "whatsapp" as const, details };
  const message = "(#100) Invalid parameter";
  return {
    status: 400,
    error: { message, type: "OAuthException", code: 100, error_data, fbtrace_id: TRACE },
  };
}
