import { useState } from "react";
import type { SimCustomer, SimMediaType, SimMessage } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import type { Acts, SheetShown } from "./acts.ts";
import { MEDIA_KINDS, refusalOf, withMetaType } from "./media-kinds.ts";
import type { LiveSimulation } from "./use-simulation.ts";

/** The acts of one phone, and what they have opened. */
export interface PhoneActs {
  acts: Acts;
  sheet: SheetShown | null;
  closeSheet(): void;
  /** The message that the next one answers. */
  quoted: SimMessage | null;
  stopQuoting(): void;
}

/** What can be done on the phone of `customer`. */
export function useActsOf(simulation: LiveSimulation, { phone, name }: SimCustomer): PhoneActs {
  const [sheet, setSheet] = useState<SheetShown | null>(null);
  const [quoted, setQuoted] = useState<SimMessage | null>(null);
  const refusal = useRefusal();

  const write: Acts["write"] = (message, { replyTo, file } = {}) => {
    const answers = replyTo === undefined ? (quoted?.waMessageId ?? null) : replyTo;
    if (replyTo === undefined) setQuoted(null);
    void simulation.send(message, { replyTo: answers, file: file ?? null });
  };
  const acts: Acts = {
    write,
    async attach(type, picked) {
      const file = withMetaType(picked);
      const why = refusal(type, file);
      if (why !== null) return simulation.complain(why);
      const uploaded = await simulation.upload(type, file);
      if (!uploaded) return;
      if (type === "image" || type === "video" || type === "document")
        setSheet({ kind: "caption", type, uploaded });
      else write({ type, mediaId: uploaded.mediaId }, { file: uploaded.file });
    },
    quote: setQuoted,
    show: setSheet,
    customer: { phone, name },
  };
  return { acts, sheet, closeSheet: () => setSheet(null), quoted, stopQuoting: () => setQuoted(null) };
}

/** Why WhatsApp would not take a file, in words; null when it would. */
function useRefusal(): (type: SimMediaType, file: File) => string | null {
  const { texts, formats } = usePage();
  const { kinds, refusals } = texts.simulator.messages;
  return (type, file) => {
    const refusal = refusalOf(type, file);
    if (refusal === null) return null;
    if (refusal === "empty_file") return refusals.empty_file;
    const { maxBytes, mimeTypes } = MEDIA_KINDS[type];
    if (refusal === "file_too_large")
      return refusals.file_too_large(kinds[type], formats.megabytes(file.size), formats.megabytes(maxBytes));
    const names = mimeTypes.map((mimeType) => mimeType.split("/")[1]?.toUpperCase() ?? mimeType);
    return refusals.file_type(kinds[type], names.join(", "));
  };
}
