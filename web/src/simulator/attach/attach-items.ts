import type { Language } from "../../../../lib/types/company.ts";
import type { SimMediaType } from "../../api.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Acts } from "../acts.ts";
import type { IconName } from "../icons.tsx";
import { MEDIA_KINDS } from "../media-kinds.ts";
import { CONTACT, SAMPLE_FILES } from "../samples.ts";

/** Its key among the texts. */
export type AttachName = Exclude<keyof Texts["simulator"]["messages"]["attach"], "open">;

/** One thing to attach. */
export interface AttachItem {
  name: AttachName;
  icon: IconName;
  /** Opens the file picker for these types; otherwise `act` does it. */
  accept?: string;
  act?(acts: Acts, language: Language): unknown;
}

const { image, video, audio } = MEDIA_KINDS;
/** Files of one's own first, then what needs none. */
export const ATTACH_ITEMS: readonly AttachItem[] = [
  { name: "photo", icon: "image", accept: [...image.mimeTypes, ...video.mimeTypes].join() },
  { name: "document", icon: "document", accept: "*/*" },
  { name: "audio", icon: "audio", accept: [...audio.mimeTypes, ".ogg", ".opus"].join() },
  { name: "location", icon: "location", act: (acts) => acts.show({ kind: "places", replyTo: null }) },
  { name: "contact", icon: "contacts", act: (acts) => acts.write({ type: "contact", ...CONTACT }) },
  {
    name: "samplePhoto",
    icon: "image",
    act: async (acts) => acts.attach("image", await SAMPLE_FILES.photo()),
  },
  {
    name: "sampleDocument",
    icon: "document",
    act: async (acts) => acts.attach("document", await SAMPLE_FILES.receipt()),
  },
  {
    name: "sampleVoice",
    icon: "voice",
    act: async (acts, language) => acts.attach("voice", await SAMPLE_FILES.voice(language)),
  },
  {
    name: "sticker",
    icon: "sticker",
    act: async (acts) => acts.attach("sticker", await SAMPLE_FILES.sticker()),
  },
  { name: "unsupported", icon: "unsupported", act: (acts) => acts.write({ type: "unsupported" }) },
];

/** What a phone would make of the file: recordings in Opus are voice notes. */
export function mediaTypeOf(picked: AttachName, file: File): SimMediaType {
  if (picked === "document") return "document";
  if (picked === "photo") return file.type.startsWith("video/") ? "video" : "image";
  return file.type.startsWith("audio/ogg") ? "voice" : "audio";
}
