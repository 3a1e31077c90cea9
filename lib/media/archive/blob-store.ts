import { readBody } from "../../http/body.ts";
import type { FileStore } from "../../types/media.ts";

/** How Vercel Blob is reached. */
export interface BlobOptions {
  /** E.g. `https://vercel.com/api/blob`. */
  apiUrl: string;
  /** `vercel_blob_rw_<store>_<secret>`. */
  token: string;
}

/** What @vercel/blob 2.8.0 speaks. */
const API_VERSION = "12";
const MAX_ANSWER_BYTES = 65_536;

/** Says by its code why Vercel Blob did not do it: its own word (`blob_store_suspended`), else `blob_http_<status>`. */
class BlobError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`Vercel Blob refused: ${code}.`);
    this.name = "BlobError";
    this.code = code;
  }
}

/** Vercel Blob over its HTTP API, with private access. Each call is repeated once when the service fails. */
export function createBlobStore({ apiUrl, token }: BlobOptions): FileStore {
  const [, , , store = ""] = token.split("_");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-api-version": API_VERSION,
    "x-vercel-blob-store-id": store,
  };
  const call = async (path: string, init: RequestInit, own: Record<string, string>): Promise<void> => {
    const request = { ...init, headers: { ...headers, ...own }, redirect: "manual" } as const;
    let answer = await fetch(`${apiUrl}${path}`, request);
    if (answer.status >= 500) {
      answer.body?.cancel().catch(() => {});
      answer = await fetch(`${apiUrl}${path}`, request);
    }
    const body = await readBody(answer, MAX_ANSWER_BYTES);
    if (answer.status !== 200) throw new BlobError(codeOf(body) ?? `blob_http_${answer.status}`);
  };
  return {
    put: (path, { bytes, mimeType }, signal) =>
      call(
        `/?${new URLSearchParams({ pathname: path })}`,
        { method: "PUT", body: bytes, signal },
        {
          "x-vercel-blob-access": "private",
          "x-content-type": mimeType,
          "x-add-random-suffix": "0",
          "x-allow-overwrite": "1",
        },
      ),
    remove: (paths, signal) =>
      call(
        "/delete",
        { method: "POST", body: JSON.stringify({ urls: paths }), signal },
        { "content-type": "application/json" },
      ),
  };
}

function codeOf(body: Uint8Array | null): string | null {
  const text = new TextDecoder().decode(body ?? new Uint8Array());
  const code = /"code"\s*:\s*"([a-z_]{1,30})"/.exec(text)?.[1];
  return code === undefined ? null : `blob_${code}`;
}
