import type { Phrases } from "./shape.ts";

/** English. */
export const en: Phrases = {
  greeting: (name, company) =>
    `Hi${name ? `, ${name}` : ""}! 👋 I'm the virtual assistant of ${company}. I can tell you about our products and shipping, or check your order. What do you need?`,
  hello: (name) => `Hi${name ? `, ${name}` : ""}! `,
  thanks: "You're welcome! Write to me any time.",
  outOfScope: (company) =>
    `I can't help with that, but I'm happy to answer questions about ${company}: products, shipping, exchanges or your order.`,
  assistant: (company) =>
    `I'm the virtual assistant of ${company}. If you'd rather talk to a person, reply **person**.`,
  askMore: "Of course, how can I help? Tell me a little more: a product, shipping or an order.",
  cannotRead: "I couldn't open what you sent. Could you send it again or describe it in words, please?",
  received: {
    image: "What would you like to know?",
    sticker: "Thanks for the sticker! 😊 How can I help?",
    contact: "Thanks, I got the contact. What would you like us to do with it?",
    form: "Thank you! I got your answers. Do you need anything else?",
    document: (name, beginning) =>
      `I read ${name || "your document"}, which begins: “${beginning}”. What would you like to know?`,
  },
  thanksFor: { picture: "Thanks for the picture!", place: "Thanks for the location!" },
  whereIsTheShop: "Where are the shops?",
  whichOrder: "You have several orders. Which one is it about?",
  orderOption: (number) => `Order ${number}`,
  seeOrders: "See orders",
  whichTopic: "Which of these is your question?",
  seeTopics: "See questions",
  askPlace:
    "Where are you? Share your location or write your city, and I will tell you which shop is nearest.",
  cartHandoff:
    "I've received your order from the catalogue and passed it to a person from the team, who will confirm it in this chat.",
  cartSummary: (items) => `The customer sent a cart: ${items}`,
  cannotLookUp: "Sorry, I can't look that up right now. If you'd like to talk to a person, reply **person**.",
  nothingFound: (company) =>
    `I couldn't find that in ${company}'s information. Could you rephrase it? I can also pass you to a person.`,
  handoff: "A person from the team will reply in this chat. You can keep writing here.",
  complaintHandoff:
    "I'm very sorry about this. I've passed it to a person from the team, who will reply in this chat.",
  handoffSummary: (text) => `The customer wrote: "${text}"`,
  orderNotFound:
    "I can't find that order under your phone number. Could you check the number? I can also pass you to a person.",
  noOrders: "I can't find any orders under your phone number. I can pass you to a person if you like.",
  unavailable:
    "Sorry, I can't check orders right now. Please try again in a few minutes, or I can pass you to a person.",
  order: ({ number, items, status }) => `Your order **${number}** (${items}) ${status}`,
  orders: "These are your latest orders:",
  expected: (date) => `Expected date: ${date}.`,
  tracking: (url) => `Tracking: ${url}`,
  by: (carrier) => ` with ${carrier}`,
  missing: {
    date: "Sure. For which day?",
    time: "At what time?",
    number: "For how many people?",
    code: "What is the code? It is in your confirmation.",
    choice: "Which of the options would you like?",
    words: "What is the whole new address? Write it with the order number, after a colon.",
  },
  found: "Here is what there is:",
  nothingThere: "There is nothing for that. Shall I look at another day?",
  statuses: {
    preparing: "is being prepared",
    shipped: "is on its way",
    in_customs: "is at customs",
    ready_for_pickup: "is ready for pickup",
    delivered: "was delivered",
    cancelled: "was cancelled",
  },
};
