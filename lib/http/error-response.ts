/** Error response: JSON `{ error: { code, message, requestId } }`; never a stack, a secret or a customer's text. */
export function errorResponse(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const requestId = crypto.randomUUID();
  return Response.json(
    { error: { code, message, requestId } },
    { status, headers: { "cache-control": "no-store", "x-request-id": requestId, ...headers } },
  );
}
