import { readPdf } from "../../../lib/media/pdf/pdf.ts";

/** Reads the PDF that it is sent. */
export const config = { runtime: "nodejs", maxDuration: 60 };

export default {
  async fetch(request: Request): Promise<Response> {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength === 0) return Response.json({ process: process.pid });
    return new Response(await readPdf(bytes, AbortSignal.timeout(60_000)));
  },
};
