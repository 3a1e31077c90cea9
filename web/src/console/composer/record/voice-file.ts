import { metaType } from "../attach/rules.ts";

/** What was recorded as a file that WhatsApp plays: Chromium's WebM becomes Ogg, the same Opus packets in another container. */
export async function voiceFile(recorded: Blob): Promise<File> {
  const type = metaType(recorded.type);
  if (type === "audio/mp4") return new File([recorded], "voice.m4a", { type });
  const ogg = type === "audio/ogg" ? recorded : await toOgg(recorded);
  return new File([ogg], "voice.ogg", { type: "audio/ogg" });
}

async function toOgg(webm: Blob): Promise<Blob> {
  const media = await import("mediabunny");
  const input = new media.Input({ source: new media.BlobSource(webm), formats: [media.WEBM] });
  const track = await input.getPrimaryAudioTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error("nothing was recorded");
  const target = new media.BufferTarget();
  const output = new media.Output({ format: new media.OggOutputFormat(), target });
  const packets = new media.EncodedAudioPacketSource("opus");
  output.addAudioTrack(packets);
  await output.start();
  for await (const packet of new media.EncodedPacketSink(track).packets())
    await packets.add(packet, { decoderConfig });
  await output.finalize();
  if (!target.buffer) throw new Error("nothing was recorded");
  return new Blob([target.buffer]);
}
