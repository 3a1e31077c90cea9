import type { IncomingMessage } from "node:http";

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * An answer whose text is in memory. What nearly every caller asks for is given at once; anything else by a standard response,
 * made when it is first asked for: to make one costs more than to read the text.
 */
export function createShortAnswer(answer: IncomingMessage, bytes: Buffer): Response {
  return new ShortAnswer(answer, bytes);
}

class ShortAnswer implements Response {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText: string;
  readonly redirected = false;
  readonly type = "basic";
  readonly url = "";
  readonly #answer: IncomingMessage;
  readonly #bytes: Buffer;
  #headers: Headers | null = null;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | null = null;
  #standard: Response | null = null;
  #isRead = false;

  constructor(answer: IncomingMessage, bytes: Buffer) {
    this.#answer = answer;
    this.#bytes = bytes;
    this.status = answer.statusCode ?? 500;
    this.ok = this.status >= 200 && this.status < 300;
    this.statusText = answer.statusMessage ?? "";
  }

  get headers(): Headers {
    this.#headers ??= headersOf(this.#answer);
    return this.#headers;
  }

  get bodyUsed(): boolean {
    return this.#isRead || (this.#standard?.bodyUsed ?? this.#body?.locked ?? false);
  }

  /** A plain stream of one chunk, at a third of the cost of a standard response's. */
  get body(): Response["body"] {
    if (this.#standard) return this.#standard.body;
    if (WITHOUT_BODY.has(this.status)) return null;
    this.#body ??= streamOf(this.#bytes);
    return this.#body;
  }

  async text(): Promise<string> {
    return this.#takes() ? this.#bytes.toString("utf8") : this.#whole().text();
  }

  async json(): Promise<unknown> {
    return this.#takes() ? JSON.parse(this.#bytes.toString("utf8")) : this.#whole().json();
  }

  clone = (): Response => this.#whole().clone();
  arrayBuffer = () => this.#whole().arrayBuffer();
  blob = () => this.#whole().blob();
  bytes = () => this.#whole().bytes();
  formData = () => this.#whole().formData();

  /** True when the text can be given as it is; it is given once, as by any response. */
  #takes(): boolean {
    if (this.#standard || this.#body || this.#isRead) return false;
    this.#isRead = true;
    return true;
  }

  #whole(): Response {
    if (this.#standard) return this.#standard;
    const { status, statusText, headers } = this;
    this.#standard = new Response(this.body, { status, statusText, headers });
    // Read already: a second reading fails as it does everywhere.
    if (this.#isRead) this.#standard.body?.cancel();
    return this.#standard;
  }
}

function streamOf(buffer: Buffer): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      if (buffer.length > 0) controller.enqueue(new Uint8Array(buffer));
      controller.close();
    },
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value);
  return headers;
}
