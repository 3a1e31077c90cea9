import type { ChatMediaType } from "../../../../contracts/chat.ts";
import type {
  SimCustomerRequest,
  SimError,
  SimOperatorRequest,
  SimSendRequest,
  SimSendResponse,
  SimState,
  SimUploaded,
} from "../../../../contracts/simulator.ts";

/** A failed request; `code` is the server's, or `unreachable`. */
export class Problem extends Error {
  override name = "Problem";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const TIMEOUT_MS = 20_000;

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  let body: T & Partial<SimError>;
  try {
    response = await fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    body = await response.json().catch(() => ({}));
  } catch {
    throw new Problem("unreachable", "");
  }
  if (!response.ok) throw new Problem(body.error?.code ?? "other", body.error?.message ?? "");
  return body;
}

function post<T>(path: string, value: SimSendRequest | SimOperatorRequest | SimCustomerRequest): Promise<T> {
  return request(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  });
}

/** Loads the conversation with one customer. Throws `Problem`, as do all functions here. */
export function loadState(phone: string): Promise<SimState> {
  return request(`/_local/state?phone=${encodeURIComponent(phone)}`);
}

/** Sends as the customer; a webhook response other than 200 is a `Problem` with code `webhook_<status>`. */
export async function send(message: SimSendRequest): Promise<SimSendResponse> {
  const response = await post<SimSendResponse>("/_local/send", message);
  if (response.httpStatus !== 200) throw new Problem(`webhook_${response.httpStatus}`, "");
  return response;
}

/** Uploads a file before the message that sends it. */
export function upload(type: ChatMediaType, file: File): Promise<SimUploaded> {
  const query = new URLSearchParams({ type, ...(file.name ? { filename: file.name } : {}) });
  const headers = { "content-type": file.type || "application/octet-stream" };
  return request(`/_local/media?${query}`, { method: "PUT", headers, body: file });
}

/** Sends as the operator who handles the conversation. */
export async function sendAsOperator(message: SimOperatorRequest): Promise<void> {
  await post("/_local/operator", message);
}

/** Hands the conversation back to the bot. */
export async function handBack(phone: string): Promise<void> {
  await post("/_local/handback", { phone });
}

/** Deletes the conversation with this customer. */
export async function reset(phone: string): Promise<void> {
  await post("/_local/reset", { phone });
}
