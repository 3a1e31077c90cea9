import { type CallRequest, call } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { retry } from "../../http/retry.ts";
import type { FileStore } from "../../types/media.ts";

/** Settings for Vercel Blob. */
export interface BlobOptions {
  /** E.g. `https://vercel.com/api/blob`. */
  apiUrl: string;
  /** `vercel_blob_rw_<store>_<secret>`. */
  token: string;
}

/** API version of @vercel/blob 2.8.0. */
const API_VERSION = "12";

/** Refusal by Vercel Blob. The code is its own (`blob_store_suspended`), else `blob_http_<status>`. */
class BlobError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`Vercel Blob refused: ${code}.`);
    this.name = "BlobError";
    this.code = code;
  }
}

/** Vercel Blob over its HTTP API, with private access. Each call is retried once after a retryable failure. */
export function createBlobStore({ apiUrl, token }: BlobOptions): FileStore {
  const [, , , store = ""] = token.split("_");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-api-version": API_VERSION,
    "x-vercel-blob-store-id": store,
  };
  const ask = async (path: string, request: CallRequest): Promise<void> => {
    const own = { ...request, headers: { ...headers, ...request.headers } };
    const { status } = await retry(() => call(`${apiUrl}${path}`, own), { attempts: 2 }).catch(refuse);
    if (status !== 200) throw new BlobError(`blob_http_${status}`);
  };
  return {
    put: (path, { bytes, mimeType }, signal) =>
      ask(`/?${new URLSearchParams({ pathname: path })}`, {
        method: "PUT",
        headers: {
          "x-vercel-blob-access": "private",
          "x-content-type": mimeType,
          "x-add-random-suffix": "0",
          "x-allow-overwrite": "1",
        },
        body: bytes,
        signal,
      }),
    remove: (paths, signal) => ask("/delete", { method: "POST", json: { urls: paths }, signal }),
  };
}

function refuse(error: unknown): never {
  if (!(error instanceof CallError) || error.text === null) throw error;
  const word = /"code"\s*:\s*"([a-z_]{1,30})"/.exec(error.text)?.[1];
  throw new BlobError(`blob_${word ?? error.code}`);
}
