import type { MediaLimit, MediaRefusal } from "../../../../contracts/simulator.ts";

/** Browsers' names of types that Meta knows by another name. */
const ALIASES: Readonly<Record<string, string>> = { "audio/x-m4a": "audio/mp4", "audio/mp3": "audio/mpeg" };

/** The same file under the type that Meta knows. */
export function withMetaType(file: File): File {
  const type = ALIASES[file.type];
  return type === undefined ? file : new File([file], file.name, { type });
}

/** Reason why WhatsApp would reject a file, known before it is uploaded; null when it would not. */
export function refusalOf({ maxBytes, mimeTypes }: MediaLimit, file: File): MediaRefusal | null {
  if (file.size === 0) return "empty_file";
  if (file.size > maxBytes) return "file_too_large";
  const [mimeType = ""] = file.type.split(";");
  return mimeTypes.length === 0 || mimeTypes.includes(mimeType) ? null : "file_type";
}
