import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Graph } from "../graph/server.ts";

const SAMPLES = join(import.meta.dirname, "../../web/src/simulator/samples");

/** Files of the demonstration as webhooks name them. Their bytes are in the Graph API stand-in, which forgets everything when it stops. */
export const DEMO_FILES = {
  photo: file("900000000000001", "photo.jpg", "image/jpeg"),
  receipt: file("900000000000002", "receipt.pdf", "application/pdf", "comprobante.pdf"),
  voice: file("900000000000003", "voice-es.ogg", "audio/ogg; codecs=opus"),
};

function file(id: string, sample: string, mimeType: string, filename?: string) {
  return {
    id,
    sample,
    mimeType,
    filename,
    content: { id, mime_type: mimeType, ...(filename ? { filename } : {}) },
  };
}

/** Gives the files to the stand-in again. */
export async function offerDemoFiles({ media }: Pick<Graph, "media">): Promise<void> {
  for (const { id, sample, mimeType, filename } of Object.values(DEMO_FILES)) {
    const bytes = await readFile(join(SAMPLES, sample));
    media.put({ id, bytes, mimeType, ...(filename ? { filename } : {}) });
  }
}
