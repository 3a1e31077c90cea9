import type { StoredMessage } from "../../../lib/types/conversation.ts";
import type { Claim } from "../../../lib/types/turn-store.ts";

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64, "base64"));

/** 0.3 s of silence, as WhatsApp sends a voice note: Ogg with Opus. Too short to be taken for silence without a model. */
export const SOUND = bytes(
  "T2dnUwACAAAAAAAAAABzYWhDAAAAAJArsBYBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAAHNhaEMBAAAAGenTgAEXT3B1c1RhZ3MHAAAAY2hhc3F1aQAAAABPZ2dTAARAOAAAAAAAAHNhaEMCAAAAj/1UsQ8DAwMDAwMDAwMDAwMDAwP4//74//74//74//74//74//74//74//74//74//74//74//74//74//74//4=",
);

/** A grey square of 32 pixels a side. */
export const PICTURE = {
  mimeType: "image/png",
  bytes: bytes(
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAAAAABWESUoAAAAFklEQVR42mM4QAAwjCoYVTCqYKQqAABg8AAuUEUY1QAAAABJRU5ErkJggg==",
  ),
};

/** A claim of a customer who asks for a person and shows a picture. Nobody's. */
export function sampleClaim(): Claim {
  return {
    ...{ turnId: "doctor", conversationId: "doctor", epoch: 1, throughSeq: 1, afterSeq: 0, attempts: 0 },
    tenant: { id: "doctor", phoneNumberId: "0", profile: PROFILE },
    customer: { id: "doctor", phone: null, waUserId: null, name: null, language: "en", optedOut: false },
    pending: [ASKS],
    ...{
      history: [],
      unsent: [],
      window: null,
      waitsForPerson: false,
      unnotifiedHandoff: null,
      previousRung: null,
      repeat: null,
    },
    usage: { turns: 0, soundSeconds: 0, numberUsd: 0 },
  };
}

const PROFILE: Claim["tenant"]["profile"] = {
  ...{ name: "Doctor", about: "a test", tone: "one short sentence", hours: "always" },
  ...{ timeZone: "UTC", language: "en", contact: "" },
};

const ASKS: StoredMessage = {
  ...{ id: "doctor", direction: "in", waMessageId: null, type: "image", text: "I want to talk to a person." },
  ...{ content: null, about: null, reading: null, quoted: null, opt: null, timestampMs: 0 },
};
