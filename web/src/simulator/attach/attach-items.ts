import type { ChatMediaType } from "../../../../contracts/chat.ts";
import type { MediaLimits } from "../../../../contracts/simulator.ts";
import type { Language } from "../../../../lib/types/company.ts";
import type { IconName } from "../../shared/icons.tsx";
import type { Texts } from "../../texts/texts.ts";
import type { PhoneActions } from "../actions/actions.ts";
import { CONTACT, SAMPLE_FILES } from "../samples/samples.ts";

/** Name of an item and key of its text. */
export type AttachName = Exclude<keyof Texts["simulator"]["attach"], "open">;

/** One item of the attach menu: it either picks a file or runs an action. */
export type AttachItem = { name: AttachName; icon: IconName } & (
  | { picks: readonly ChatMediaType[] }
  | { run(actions: PhoneActions, language: Language): unknown }
);

/** Items of the attach menu: own files first, then samples and the rest. */
export const ATTACH_ITEMS: readonly AttachItem[] = [
  { name: "photo", icon: "image", picks: ["image", "video"] },
  { name: "document", icon: "document", picks: ["document"] },
  { name: "audio", icon: "audio", picks: ["audio", "voice"] },
  {
    name: "location",
    icon: "location",
    run: (actions) => actions.open({ kind: "places", replyTo: null }),
  },
  { name: "contact", icon: "contacts", run: (actions) => actions.write({ type: "contact", ...CONTACT }) },
  { name: "cart", icon: "cart", run: (actions) => actions.open({ kind: "cart" }) },
  {
    name: "samplePhoto",
    icon: "image",
    run: async (actions) => actions.attach("image", await SAMPLE_FILES.photo()),
  },
  {
    name: "sampleDocument",
    icon: "document",
    run: async (actions) => actions.attach("document", await SAMPLE_FILES.receipt()),
  },
  {
    name: "sampleVoice",
    icon: "voice",
    run: async (actions, language) => actions.attach("voice", await SAMPLE_FILES.voice(language)),
  },
  {
    name: "sticker",
    icon: "sticker",
    run: async (actions) => actions.attach("sticker", await SAMPLE_FILES.sticker()),
  },
  { name: "unsupported", icon: "unsupported", run: (actions) => actions.write({ type: "unsupported" }) },
];

/** Value of a file input's `accept` for these kinds of files. */
export function acceptOf(picks: readonly ChatMediaType[], limits: MediaLimits | null): string {
  const mimeTypes = picks.flatMap((type) => limits?.[type].mimeTypes ?? []);
  // Some systems know Ogg files by their extension only.
  const extensions = picks.includes("voice") ? [".ogg", ".opus"] : [];
  return mimeTypes.length === 0 ? "*/*" : [...mimeTypes, ...extensions].join();
}

/** Message type that a phone would choose for the file: Ogg recordings are voice notes. */
export function mediaTypeOf(picks: readonly ChatMediaType[], file: File): ChatMediaType {
  if (picks.includes("document")) return "document";
  if (picks.includes("image")) return file.type.startsWith("video/") ? "video" : "image";
  return file.type.startsWith("audio/ogg") ? "voice" : "audio";
}
