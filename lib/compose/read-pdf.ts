import type { PdfDeps } from "../media/pdf/serve-pdf.ts";
import { composeBase } from "./base.ts";
import { mediaSource } from "./media.ts";
import type { Platform } from "./platform.ts";

/** Dependencies of the function that reads PDFs: no store, since it may run where the host's sockets are not. */
export function composePdf(platform: Platform): PdfDeps {
  const base = composeBase(platform);
  const { clock, log, numbers } = base;
  return { clock, log, mediaSource: mediaSource(base), appSecrets: numbers.secrets() };
}
