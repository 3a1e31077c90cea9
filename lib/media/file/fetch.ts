import { readBody } from "../../http/body.ts";
import { fieldsOf, own, textOf } from "../../json/lenient.ts";
import type { Medium } from "../../types/media.ts";
import { type Bytes, contentOf } from "./content.ts";
import { checkDigest } from "./digest.ts";
import { mayHaveToken } from "./hosts.ts";
import { UnreadableError } from "./unreadable.ts";

/** Source of files: the Graph API, the tokens and the hosts allowed. */
export interface MediaSource {
  /** The Graph API's address. */
  baseUrl: string;
  /** E.g. `v26.0`. */
  version: string;
  /** Null for a number that is not ours. */
  accessToken(phoneNumberId: string): string | null;
  /** Hosts besides Meta's that may receive the token. */
  hosts: readonly string[];
  fetch?: typeof fetch;
}

/** A complete file. */
export interface Download {
  bytes: Bytes;
  /** As Meta declares it; empty when it does not. */
  mimeType: string;
}

/** Metadata of a medium from the Graph API. */
interface Facts {
  url: URL;
  mimeType: string;
  sha256: string | null;
  fileBytes: number | null;
}

const MAX_FACTS_BYTES = 65_536;
/** Meta's ids are digits; anything else that cannot change the path is accepted too. */
const MEDIA_ID = /^\w[\w.:-]{0,255}$/;
/** HTTP statuses of a medium that does not exist or has expired. */
const GONE = new Set([404, 410]);
/** Meta code of an object that does not exist; it comes with HTTP 400, as throttling does. */
const NO_SUCH_OBJECT = 100;
/** Meta's media host refuses requests without a user agent. */
const USER_AGENT = "chasqui/1";

/**
 * Fetches a medium by its id: at most `maxBytes`, no redirects, the token sent to allowed hosts only, the digest checked.
 * Links live five minutes, so after a refused download a new link is requested once. Throws UnreadableError, or what
 * `fetch` throws when `signal` aborts.
 */
export async function fetchMedium(
  medium: Pick<Medium, "phoneNumberId" | "mediaId">,
  source: MediaSource,
  limits: { maxBytes: number; signal: AbortSignal },
): Promise<Download> {
  const ask = authorised(medium, source, limits.signal);
  const address = addressOf(medium, source);
  for (let attempt = 1; ; attempt++) {
    const facts = await factsOf(ask, address, source);
    const { fileBytes, mimeType } = facts;
    if (fileBytes !== null && fileBytes > limits.maxBytes) throw new UnreadableError("too_large");
    const answer = await ask(facts.url);
    if (answer.status === 200) {
      const bytes = await contentOf(answer, fileBytes, limits.maxBytes);
      await checkDigest(bytes, facts.sha256);
      return { bytes, mimeType };
    }
    const refused = await refusal(answer, "download");
    if (attempt === 2 || answer.status < 400) throw refused;
  }
}

function addressOf(
  { mediaId, phoneNumberId }: Pick<Medium, "phoneNumberId" | "mediaId">,
  source: MediaSource,
): string {
  if (!MEDIA_ID.test(mediaId)) throw new UnreadableError("failed", "bad_media_id");
  const query = new URLSearchParams({ phone_number_id: phoneNumberId });
  return `${source.baseUrl.replace(/\/+$/, "")}/${source.version}/${mediaId}?${query}`;
}

type Ask = (address: URL | string) => Promise<Response>;

function authorised(
  { phoneNumberId }: Pick<Medium, "phoneNumberId">,
  source: MediaSource,
  signal: AbortSignal,
): Ask {
  const token = source.accessToken(phoneNumberId);
  if (token === null) throw new UnreadableError("failed", "unknown_number");
  const fetcher = source.fetch ?? fetch;
  const headers = { authorization: `Bearer ${token}`, "user-agent": USER_AGENT };
  const get = (address: URL | string) => fetcher(address, { headers, redirect: "manual", signal });
  return async (address) => {
    const answer = await get(address);
    if (answer.status < 500) return answer;
    abandon(answer);
    return get(address);
  };
}

async function factsOf(ask: Ask, address: string, source: MediaSource): Promise<Facts> {
  const answer = await ask(address);
  if (answer.status !== 200) throw await refusal(answer, "graph");
  const facts = fieldsOf(parse(await readBody(answer, MAX_FACTS_BYTES)));
  const url = urlOf(own(facts, "url"));
  if (url === null) throw new UnreadableError("failed", "no_media_url");
  if (!mayHaveToken(url, source.baseUrl, source.hosts))
    throw new UnreadableError("failed", "media_host_refused", url.host);
  return {
    url,
    mimeType: textOf(own(facts, "mime_type"), 200) ?? "",
    sha256: textOf(own(facts, "sha256"), 200),
    fileBytes: countOf(own(facts, "file_size")),
  };
}

async function refusal(answer: Response, where: string): Promise<UnreadableError> {
  const body = fieldsOf(parse(await readBody(answer, MAX_FACTS_BYTES).catch(() => null)));
  const code = countOf(own(fieldsOf(own(body, "error")), "code"));
  const gone = GONE.has(answer.status) || code === NO_SUCH_OBJECT;
  return new UnreadableError(gone ? "gone" : "failed", `${where}_http_${answer.status}`);
}

/** An unread response would hold its connection. */
function abandon(answer: Response): void {
  answer.body?.cancel().catch(() => {});
}

function parse(bytes: Uint8Array | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** A whole number, also when given as text. */
function countOf(value: unknown): number | null {
  return /^\d{1,15}$/.test(String(value)) ? Number(value) : null;
}

function urlOf(value: unknown): URL | null {
  try {
    return typeof value === "string" ? new URL(value) : null;
  } catch {
    return null;
  }
}
