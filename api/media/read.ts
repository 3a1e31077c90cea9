import { vercel } from "../../lib/compose/platform.ts";
import { composePdf } from "../../lib/compose/read-pdf.ts";
import { endpoint } from "../../lib/http/endpoint.ts";
import { readPdf } from "../../lib/media/pdf/pdf.ts";
import { servePdf } from "../../lib/media/pdf/serve-pdf.ts";

/** Node, because the PDF library alone is half of an edge function's size limit; a malicious file ends only this function. */
export const config = { runtime: "nodejs", maxDuration: 10 };

export default {
  fetch: endpoint(() => composePdf(vercel), {
    POST: (request, deps) => servePdf(request, deps, readPdf),
  }),
};
