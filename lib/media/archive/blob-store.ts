import { type CallRequest, call, open } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { retry } from "../../http/retry.ts";
import { fieldOf, fieldsOf, parseJson } from "../../json/lenient.ts";
import type { FileStore } from "../../types/media.ts";
import { contentOf } from "../file/content.ts";

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
  const ask = async (path: string, request: CallRequest): Promise<string> => {
    const own = { ...request, headers: { ...headers, ...request.headers } };
    const { status, text } = await retry(() => call(`${apiUrl}${path}`, own), { attempts: 2 }).catch(refuse);
    if (status !== 200) throw new BlobError(`blob_http_${status}`);
    return text;
  };
  return {
    put: async (path, { bytes, mimeType }, signal) => {
      await ask(`/?${new URLSearchParams({ pathname: path })}`, {
        method: "PUT",
        headers: {
          "x-vercel-blob-access": "private",
          "x-content-type": mimeType,
          "x-add-random-suffix": "0",
          "x-allow-overwrite": "1",
        },
        body: bytes,
        signal,
      });
    },
    async get(path, { maxBytes, signal }) {
      const text = await ask(`/?${new URLSearchParams({ url: path })}`, { signal }).catch(noFile);
      const url = text === null ? null : downloadUrl(text, apiUrl);
      if (url === null) return null;
      const request = { headers: { authorization: headers.authorization }, signal };
      const response = await retry(() => open(url, request), { attempts: 2 });
      return contentOf(response, null, maxBytes);
    },
    remove: async (paths, signal) => {
      await ask("/delete", { method: "POST", json: { urls: paths }, signal });
    },
  };
}

/** Hosts of private files, which need the token. */
const FILE_HOST = ".private.blob.vercel-storage.com";

/** Address of a file by the API's description of it; null unless the token may go there. */
function downloadUrl(text: string, apiUrl: string): URL | null {
  const address = fieldOf(fieldsOf(parseJson(text)), "url");
  if (typeof address !== "string" || !URL.canParse(address)) return null;
  const url = new URL(address);
  const own = url.protocol === "https:" && url.hostname.endsWith(FILE_HOST);
  return own || url.origin === new URL(apiUrl).origin ? url : null;
}

function noFile(error: unknown): null {
  if (error instanceof BlobError && error.code === "blob_not_found") return null;
  throw error;
}

function refuse(error: unknown): never {
  if (!(error instanceof CallError) || error.text === null) throw error;
  const word = /"code"\s*:\s*"([a-z_]{1,30})"/.exec(error.text)?.[1];
  throw new BlobError(`blob_${word ?? error.code}`);
}
