import { type CallRequest, call, open } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { retry } from "../../http/retry.ts";
import { fieldOf, fieldsOf, parseJson, textOf } from "../../json/lenient.ts";
import type { Medium } from "../../types/media.ts";
import { META_ERRORS, metaCodeIn } from "../../whatsapp/errors.ts";
import { type Bytes, contentOf } from "./content.ts";
import { digestOf, givenDigest } from "./digest.ts";
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

/** Meta's ids are digits; anything else that cannot change the path is accepted too. */
const MEDIA_ID = /^\w[\w.:-]{0,255}$/;
/** HTTP statuses of a medium that does not exist or has expired. */
const GONE = new Set([404, 410]);
/** Meta's media host refuses requests without a user agent. */
const USER_AGENT = "chasqui/1";

/**
 * Fetches a medium by its id: at most `maxBytes`, no redirects, the token sent to allowed hosts only. Links live five
 * minutes, so after a refused download a new link is requested once; so it is for bytes of another size or digest than
 * announced, which are used when they come the same again. Throws UnreadableError, or CallError without a response, as when
 * `signal` aborts.
 */
export async function fetchMedium(
  medium: Pick<Medium, "phoneNumberId" | "mediaId">,
  source: MediaSource,
  limits: { maxBytes: number; signal: AbortSignal },
): Promise<Download> {
  const request = requestFor(medium, source, limits.signal);
  const address = addressOf(medium, source);
  let before: string | null = null;
  for (let attempt = 1; ; attempt++) {
    const facts = await factsOf(address, request, source);
    const { fileBytes, mimeType } = facts;
    if (fileBytes !== null && fileBytes > limits.maxBytes) throw new UnreadableError("too_large");
    try {
      const response = await retry(() => open(facts.url, request), { attempts: 2 });
      const bytes = await contentOf(response, fileBytes, limits.maxBytes);
      const digest = await digestOf(bytes);
      const fault = faultOf(bytes, digest, facts);
      if (fault === null || digest === before) return { bytes, mimeType };
      if (attempt === 2) throw new UnreadableError("failed", fault);
      before = digest;
    } catch (error) {
      const isRefused = error instanceof CallError && error.status !== null && error.status >= 400;
      if (attempt === 2 || !isRefused) throw refusal(error, "download");
    }
  }
}

/** How the bytes differ from what was announced; null when they do not. */
function faultOf(bytes: Bytes, digest: string, { fileBytes, sha256 }: Facts): string | null {
  if (fileBytes !== null && bytes.byteLength !== fileBytes) return "other_size";
  return (givenDigest(sha256) ?? digest) === digest ? null : "wrong_digest";
}

function addressOf(
  { mediaId, phoneNumberId }: Pick<Medium, "phoneNumberId" | "mediaId">,
  source: MediaSource,
): string {
  if (!MEDIA_ID.test(mediaId)) throw new UnreadableError("failed", "bad_media_id");
  const query = new URLSearchParams({ phone_number_id: phoneNumberId });
  return `${source.baseUrl.replace(/\/+$/, "")}/${source.version}/${mediaId}?${query}`;
}

function requestFor(
  { phoneNumberId }: Pick<Medium, "phoneNumberId">,
  source: MediaSource,
  signal: AbortSignal,
): CallRequest {
  const token = source.accessToken(phoneNumberId);
  if (token === null) throw new UnreadableError("failed", "unknown_number");
  const headers = { authorization: `Bearer ${token}`, "user-agent": USER_AGENT };
  return { headers, signal, fetch: source.fetch };
}

async function factsOf(address: string, request: CallRequest, source: MediaSource): Promise<Facts> {
  const { text } = await retry(() => call(address, request), { attempts: 2 }).catch((error) => {
    throw refusal(error, "graph");
  });
  const facts = fieldsOf(parseJson(text));
  const url = urlOf(fieldOf(facts, "url"));
  if (url === null) throw new UnreadableError("failed", "no_media_url");
  if (!mayHaveToken(url, source.baseUrl, source.hosts))
    throw new UnreadableError("failed", "media_host_refused", url.host);
  return {
    url,
    mimeType: textOf(fieldOf(facts, "mime_type"), 200) ?? "",
    sha256: textOf(fieldOf(facts, "sha256"), 200),
    fileBytes: countOf(fieldOf(facts, "file_size")),
  };
}

/** Meta's refusal as an UnreadableError; any other error as it is. */
function refusal(error: unknown, where: string): unknown {
  if (!(error instanceof CallError) || error.status === null) return error;
  // An object that does not exist comes with HTTP 400, as throttles do.
  const isMissing = metaCodeIn(parseJson(error.text)) === META_ERRORS.invalidParameter.code;
  const gone = GONE.has(error.status) || isMissing;
  return new UnreadableError(gone ? "gone" : "failed", `${where}_${error.code}`);
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
