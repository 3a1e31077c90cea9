import { useState } from "react";
import type { ChatMediaType, ChatMessage } from "../../../../contracts/chat.ts";
import type { MediaLimits, SimCustomer } from "../../../../contracts/simulator.ts";
import { usePage } from "../../shared/page.tsx";
import type { LiveSimulation } from "../connection/use-simulation.ts";
import type { OpenSheet, PhoneActions } from "./actions.ts";
import { refusalOf, withMetaType } from "./media-limits.ts";

const NO_PRODUCTS: PhoneActions["catalog"] = [];

/** A phone's actions and the state that they change. */
export interface Phone {
  actions: PhoneActions;
  sheet: OpenSheet | null;
  closeSheet(): void;
  /** Message that the next one replies to. */
  quoted: ChatMessage | null;
  stopQuoting(): void;
}

/** Actions of the phone of `customer`. */
export function usePhoneActions(simulation: LiveSimulation, { phone, name }: SimCustomer): Phone {
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const [quoted, setQuoted] = useState<ChatMessage | null>(null);
  const mediaLimits = simulation.state.server?.mediaLimits ?? null;
  const refusal = useRefusal(mediaLimits);

  const write: PhoneActions["write"] = (message, { replyTo, file } = {}) => {
    const quotedId = replyTo === undefined ? (quoted?.waMessageId ?? null) : replyTo;
    if (replyTo === undefined) setQuoted(null);
    void simulation.send(message, { replyTo: quotedId, file: file ?? null });
  };
  const actions: PhoneActions = {
    write,
    async attach(type, picked) {
      const file = withMetaType(picked);
      const reason = refusal(type, file);
      if (reason !== null) return simulation.complain(reason);
      const uploaded = await simulation.upload(type, file);
      if (!uploaded) return;
      if (type === "image" || type === "video" || type === "document")
        setSheet({ kind: "caption", type, uploaded });
      else write({ type, mediaId: uploaded.mediaId }, { file: uploaded.file });
    },
    quote: setQuoted,
    open: setSheet,
    customer: { phone, name },
    catalog: simulation.state.server?.company.catalog ?? NO_PRODUCTS,
    mediaLimits,
  };
  return { actions, sheet, closeSheet: () => setSheet(null), quoted, stopQuoting: () => setQuoted(null) };
}

/** Text that says why WhatsApp would reject a file; null when it would not. */
function useRefusal(limits: MediaLimits | null): (type: ChatMediaType, file: File) => string | null {
  const { texts, formats } = usePage();
  const { kinds } = texts.chat;
  const { refusals } = texts.simulator;
  return (type, file) => {
    const limit = limits?.[type];
    const refusal = limit ? refusalOf(limit, file) : null;
    if (!limit || refusal === null) return null;
    if (refusal === "empty_file") return refusals.empty_file;
    if (refusal === "file_too_large") {
      const [size, most] = [file.size, limit.maxBytes].map(formats.megabytes);
      return refusals.file_too_large(kinds[type], size ?? "", most ?? "");
    }
    const names = limit.mimeTypes.map((mimeType) => mimeType.split("/")[1]?.toUpperCase() ?? mimeType);
    return refusals.file_type(kinds[type], names.join(", "));
  };
}
