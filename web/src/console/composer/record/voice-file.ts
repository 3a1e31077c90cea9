import { metaType } from "../attach/rules.ts";

/** What was recorded as a file that WhatsApp plays: Chromium's WebM becomes Ogg, the same Opus packets in another container. */
export async function voiceFile(recorded: Blob): Promise<File> {
  const type = metaType(recorded.type);
  if (type === "audio/mp4") return new File([recorded], "voice.m4a", { type });
  const ogg = type === "audio/ogg" ? recorded : await (await import("./ogg.ts")).toOgg(recorded);
  return new File([ogg], "voice.ogg", { type: "audio/ogg" });
}
