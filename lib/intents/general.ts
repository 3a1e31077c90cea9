import type { Intent } from "./intent.ts";

/** The fall-back: when no other intent fits, or nothing was sure enough. */
export const general = {
  name: "general",
  when: "About the company or the chat, but none of the others fits, or it cannot be told what the customer wants: unclear words, a voice note, a picture, a sticker.",
  examples: {
    es: [
      "necesito ayuda",
      "tengo un problema",
      "tengo una duda",
      "no entiendo",
      "¿me ayudas?",
      "¿y eso?",
      "[image]",
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
      "[voice note]",
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
      "[sticker]",
      "hum",
      "você é um robô?",
      "queria uma informação",
    ],
  },
  prompt:
    'Find out what the customer wants. If it may stand in the knowledge base, call lookup with source "knowledge"; if it is about an order of theirs, with source "orders". If you cannot tell, ask one short question. If the customer sent something that you cannot read (voice note, picture, file), say so and ask them to write it. If you cannot help, offer a person.',
  tools: ["lookup", "handoff"],
  tier: "standard",
} as const satisfies Intent;
