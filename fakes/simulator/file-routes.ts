import type { Context, Handler } from "hono";
import { z } from "zod";
import type { SimUploaded } from "../../contracts/simulator.ts";
import { rangedResponse } from "../../lib/http/ranged.ts";
import { fileHeaders } from "../../lib/media/file/displayed.ts";
import type { Files } from "./content/files.ts";
import { INPUTS, problem } from "./inputs.ts";
import { MEDIA_LIMITS, refusalOf } from "./media-limits.ts";
import type { SimulatorOptions } from "./options.ts";

const TIMEOUT_MS = 20_000;
const graphMedia = z.object({ url: z.string(), mime_type: z.string() });

interface Loaded {
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
}

/** `PUT /_local/media`: a customer's upload, within WhatsApp's limits. */
export function uploads(files: Files): Handler {
  return async (context) => {
    const input = INPUTS.upload.safeParse(context.req.query());
    if (!input.success) return problem(400, "invalid", input.error.issues[0]?.message ?? "invalid");
    const { type, filename } = input.data;
    const mimeType = context.req.header("content-type") ?? "application/octet-stream";
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const refusal = refusalOf(type, bytes.length, mimeType);
    if (refusal !== null)
      return problem(400, refusal, `WhatsApp does not accept this file as ${type} (${limitsOf(type)}).`);
    const mediaId = files.upload(bytes, mimeType, filename ?? null);
    const file = { url: files.urlOf({ id: mediaId }), mimeType, filename: filename ?? null };
    return context.json({ mediaId, file } satisfies SimUploaded, 201);
  };
}

function limitsOf(type: keyof typeof MEDIA_LIMITS): string {
  const { maxBytes, mimeTypes } = MEDIA_LIMITS[type];
  return [`1 to ${maxBytes} bytes`, ...mimeTypes].join(", ");
}

/** `GET /_local/media/:id`: a file stored by the Graph API stand-in, fetched as the bot would. */
export function storedFile({ graph, apiVersion, accessToken, phoneNumberId }: SimulatorOptions): Handler {
  const headers = { authorization: `Bearer ${accessToken}` };
  return async (context) => {
    const id = encodeURIComponent(context.req.param("id") ?? "");
    const facts = await load(`${graph.url}/${apiVersion}/${id}?phone_number_id=${phoneNumberId}`, headers);
    const described = graphMedia.safeParse(facts && JSON.parse(new TextDecoder().decode(facts.bytes)));
    const file = described.success ? await load(described.data.url, headers) : null;
    if (!file || !described.success) return problem(404, "gone", "This file is no longer available.");
    return served(context, { ...file, mimeType: described.data.mime_type });
  };
}

/** `GET /_local/link/:key`: a file that the bot sent by link, fetched as Meta would. */
export function linkedFile(files: Files): Handler {
  return async (context) => {
    const link = files.linkBehind(context.req.param("key") ?? "");
    const file = link && /^https?:\/\//.test(link) ? await load(link, {}) : null;
    return file ? served(context, file) : problem(404, "gone", "This link cannot be fetched.");
  };
}

async function load(url: string, headers: Record<string, string>): Promise<Loaded | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { headers, signal }).catch(() => null);
  const tooLarge = Number(response?.headers.get("content-length") ?? 0) > MEDIA_LIMITS.document.maxBytes;
  if (!response?.ok || tooLarge) {
    await response?.body?.cancel().catch(() => undefined);
    return null;
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, mimeType: response.headers.get("content-type") ?? "" };
}

/** The file, or the range that a player asks for. */
function served(context: Context, { bytes, mimeType }: Loaded): Response {
  return rangedResponse(context.req.header("range") ?? null, bytes, fileHeaders(mimeType, null));
}
