/** English texts of the choice of models. */
export const models = {
  names: {
    none: "As the server is set up",
    quality: "Quality",
    balanced: "Balanced",
    economy: "Economy",
  },
  costs: {
    none: "What it costs depends on how the server is set up.",
    quality: "The best replies, by GPT-4o to everything: about US$ 4 for 1,000 messages.",
    balanced:
      "A large model only for complaints and what is hard to tell, a small one for the rest: about US$ 0.60 for 1,000 messages.",
    economy: "A small model for everything: about US$ 0.30 for 1,000 messages.",
  },
};
