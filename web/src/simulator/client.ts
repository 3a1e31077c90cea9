import type {
  SimAgentRequest,
  SimError,
  SimMediaType,
  SimSendRequest,
  SimSendResponse,
  SimState,
  SimUploaded,
  SimUserRequest,
} from "../api.ts";

/** A request that did not go well; `code` is the server's, or `unreachable`. */
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

function post<T>(path: string, value: SimSendRequest | SimAgentRequest | SimUserRequest): Promise<T> {
  return request(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  });
}

/** The whole conversation with one customer. Throws `Problem`, as all of these do. */
export function loadState(user: string): Promise<SimState> {
  return request(`/_local/state?user=${encodeURIComponent(user)}`);
}

/** Sends as the customer; a webhook answer other than 200 is a `Problem` of code `webhook_<status>`. */
export async function send(message: SimSendRequest): Promise<SimSendResponse> {
  const answer = await post<SimSendResponse>("/_local/send", message);
  if (answer.httpStatus !== 200) throw new Problem(`webhook_${answer.httpStatus}`, "");
  return answer;
}

/** Uploads a file as a phone does before it sends it. */
export function upload(type: SimMediaType, file: File): Promise<SimUploaded> {
  const query = new URLSearchParams({ type, ...(file.name ? { filename: file.name } : {}) });
  const headers = { "content-type": file.type || "application/octet-stream" };
  return request(`/_local/media?${query}`, { method: "PUT", headers, body: file });
}

/** Sends as the person who took the conversation over. */
export async function sendAsAgent(message: SimAgentRequest): Promise<void> {
  await post("/_local/agent", message);
}

/** Lets the bot answer again. */
export async function handBack(user: string): Promise<void> {
  await post("/_local/handback", { user });
}

/** Forgets everything said with this customer. */
export async function reset(user: string): Promise<void> {
  await post("/_local/reset", { user });
}
