import type { MediaSource } from "../../types/outbound.ts";
import { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

type MediaMessage = FreeForm<"image" | "video" | "audio" | "document" | "sticker">;

/** A file by a link that Meta fetches, or by the id of an upload. */
export function mediaSource(check: Check, field: string, media: MediaSource): MediaSource {
  if ("link" in media) return { link: check.link(`${field}.link`, media.link, ["https", "http"]) };
  return { id: check.id(`${field}.id`, media.id) };
}

/** The Graph body of an image, video, audio, document or sticker. */
export function mediaBody(message: MediaMessage): GraphPart {
  const check = new Check(message.kind);
  const source = mediaSource(check, "media", message.media);
  const caption = "caption" in message ? message.caption : undefined;
  const filename = "filename" in message ? message.filename : undefined;
  return {
    type: message.kind,
    [message.kind]: {
      ...source,
      ...(caption !== undefined && { caption: check.text("caption", caption, LIMITS.caption) }),
      ...(filename !== undefined && { filename: check.text("filename", filename) }),
      ...("voice" in message && message.voice === true && { voice: true }),
    },
  };
}
