import type { z } from "zod";

/** A picture in a message; its bytes are not stored. */
export interface Image {
  /** Null for a linked picture, which is not fetched here. */
  mimeType: string | null;
  bytes: number | null;
  /** Requested resolution: `low`, `high` or `auto`. It decides the price. */
  detail: string;
}

const DATA_URL = /^data:image\/(png|jpeg|gif|webp);base64,/;
const SIGNATURES: Record<string, RegExp> = {
  png: /^\x89PNG/,
  jpeg: /^\xff\xd8\xff/,
  gif: /^GIF8/,
  webp: /^RIFF.{4}WEBP/s,
};

/** Reads the URL of an `image_url` part; refuses the same URLs as OpenAI. */
export function readImage(url: string, context: z.RefinementCtx): Omit<Image, "detail"> {
  if (/^https?:\/\//.test(url)) return { mimeType: null, bytes: null };
  const kind = DATA_URL.exec(url.slice(0, 40))?.[1] ?? "";
  const data = url.slice(url.indexOf(",") + 1);
  const firstBytes = Buffer.from(data.slice(0, 24), "base64").toString("latin1");
  if (!SIGNATURES[kind]?.test(firstBytes)) {
    const formats = "['png', 'jpeg', 'gif', 'webp']";
    context.addIssue(
      `You uploaded an unsupported image. Please make sure your image has of one the following formats: ${formats}.`,
    );
  }
  return { mimeType: `image/${kind}`, bytes: Buffer.byteLength(data, "base64") };
}
