import type { ShippedIntent } from "./intent.ts";

/** The fall-back: when no other intent fits, or nothing was sure enough. */
export const general = {
  name: "general",
  when: "About the company or the chat, but none of the others fits, or it cannot be told what the customer wants: unclear words, or none (picture, sticker, location, contact, cart).",
  examples: {
    es: [
      "necesito ayuda",
      "tengo un problema",
      "tengo una duda",
      "no entiendo",
      "¿me ayudas?",
      "¿y eso?",
      "【image】",
      "mmm",
      "¿eres un robot?",
      "quisiera información",
    ],
    en: [
      "I need help",
      "I have a problem",
      "I have a doubt",
      "I do not understand",
      "can you help me?",
      "what about that one?",
      "【voice note】 【could not be opened】",
      "hmm",
      "are you a robot?",
      "some information please",
    ],
    pt: [
      "preciso de ajuda",
      "tenho um problema",
      "estou com uma dúvida",
      "não entendi",
      "você me ajuda?",
      "e esse?",
      "【location: Barranco, Lima】",
      "hum",
      "você é um robô?",
      "queria uma informação",
    ],
  },
  byWords: "never",
  byLikeness: "never",
  prompt:
    'Find out what the customer wants. If it may stand in the knowledge base, call lookup with source "knowledge"; if it is about an order of theirs, with source "orders". If you cannot tell, ask one short question. A cart ([order]) is not yours to accept: sum it up and call handoff. If you cannot help, offer a person.',
  tools: ["lookup", "offer_choices", "request_location", "send_attachment", "handoff"],
  tier: "hard",
} as const satisfies ShippedIntent;
