import type { TranscriptionModel } from "ai";
import { MAX_PAUSE_MS } from "../../model/patience.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { MediaReader, Medium, Reading } from "../../types/media.ts";
import type { ArchiveFile } from "../archive/archive.ts";
import { fetchMedium, type MediaSource } from "../file/fetch.ts";
import { formatOf } from "../file/formats.ts";
import { isSaidToBePdf, isWorthReading, ruleOf } from "../file/kinds.ts";
import { decodeText } from "../file/text.ts";
import { reasonOf, UnreadableError } from "../file/unreadable.ts";
import { askPdf, type PdfService } from "../pdf/ask-pdf.ts";
import { type Listening, transcribe } from "./transcribe.ts";

/** Services behind the media reader. */
export interface MediaReaderOptions {
  source: MediaSource;
  transcription: TranscriptionModel;
  pdf: PdfService;
  /** Archives the files that could be opened; absent: none are archived. */
  archive?: ArchiveFile;
  log: Log;
}

/** Reads voice notes, images and documents by fetching them from Meta. */
export function createMediaReader(options: MediaReaderOptions): MediaReader {
  return {
    async read(medium, deadlineMs, mayListen = () => true) {
      try {
        return await read(medium, { ...options, mayListen }, deadlineMs);
      } catch (error) {
        const reason = reasonOf(error);
        // Unsupported files are everyday.
        const level = reason === "unsupported" ? "info" : "warn";
        const host = error instanceof UnreadableError ? error.host : null;
        options.log[level]("media.unreadable", { type: medium.type, reason, code: errorCode(error), host });
        return { kind: "unreadable", reason };
      }
    },
  };
}

async function read(
  medium: Medium,
  options: MediaReaderOptions & Pick<Listening, "mayListen">,
  deadlineMs: number,
): Promise<Reading> {
  const rule = ruleOf(medium.type);
  if (rule === null || !isWorthReading(rule, medium)) throw new UnreadableError("unsupported", "type");
  const { clock } = options.pdf;
  const endsAtMs = clock.now() + deadlineMs;
  const signal = AbortSignal.timeout(Math.max(1, Math.round(deadlineMs)));
  const pdf = async () => words(await askPdf(medium, options.pdf, deadlineMs, signal));
  if (rule.kind === "document" && isSaidToBePdf(medium)) {
    options.archive?.(medium, "application/pdf", null);
    return pdf();
  }

  const { maxBytes } = rule;
  const download = await fetchMedium(medium, options.source, { maxBytes, signal });
  const { bytes, mimeType: declared } = download;
  if (!isWorthReading(rule, { mimeType: declared, filename: medium.filename })) {
    throw new UnreadableError("unsupported", "declared_type");
  }
  const mimeType = formatOf(bytes, rule.kind);
  if (mimeType === null) {
    if (rule.kind !== "document") throw new UnreadableError("unsupported", "wrong_format");
    const text = decodeText(bytes);
    options.archive?.(medium, "text/plain", bytes);
    return words(text);
  }
  options.archive?.(medium, mimeType, bytes);
  if (rule.kind === "document") return pdf();
  if (rule.kind === "image") return { kind: "image", bytes, mimeType };
  const { transcription: model, mayListen } = options;
  const patience = { clock, endsAtMs, signal, maxPauseMs: MAX_PAUSE_MS };
  const transcript = await transcribe(bytes, mimeType, { model, patience, mayListen });
  return transcript ? { kind: "text", ...transcript } : { kind: "unreadable", reason: "over_budget" };
}

const words = (text: string): Reading => ({ kind: "text", text, seconds: null });
