import type { PdfDeps } from "../media/pdf/serve-pdf.ts";
import { composeBase } from "./base.ts";
import { mediaSource } from "./media.ts";
import type { Platform } from "./platform.ts";

/** Dependencies of the PDF function; no store, because it may run without the host's sockets. */
export function composePdf(platform: Platform): PdfDeps {
  const base = composeBase(platform);
  const { clock, log, numbers } = base;
  return { clock, log, mediaSource: mediaSource(base), appSecrets: numbers.secrets() };
}
