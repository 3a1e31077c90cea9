import type { FieldKind } from "../fields.ts";

/** The offline model's own phrases; everything else it says comes from the company. */
export interface Phrases {
  greeting(name: string | null, company: string): string;
  hello(name: string | null): string;
  thanks: string;
  outOfScope(company: string): string;
  assistant(company: string): string;
  askMore: string;
  /** Answer to content that could not be opened, seen or heard. */
  cannotRead: string;
  /** Answers to messages without words, by kind. */
  received: {
    /** Follows the thanks for it. */
    image: string;
    sticker: string;
    contact: string;
    form: string;
    document(name: string, beginning: string): string;
  };
  /** Precedes an answer. */
  thanksFor: { picture: string; place: string };
  /** Question to look up for a shared location. */
  whereIsTheShop: string;
  /** Text above choices, and their labels. */
  whichOrder: string;
  orderOption(number: string): string;
  seeOrders: string;
  whichTopic: string;
  seeTopics: string;
  /** Text above the button that shares a location. */
  askPlace: string;
  cartHandoff: string;
  cartSummary(items: string): string;
  cannotLookUp: string;
  nothingFound(company: string): string;
  handoff: string;
  complaintHandoff: string;
  handoffSummary(text: string): string;
  orderNotFound: string;
  noOrders: string;
  unavailable: string;
  order(order: { number: string; items: string; status: string }): string;
  orders: string;
  expected(date: string): string;
  tracking(url: string): string;
  by(carrier: string): string;
  /** Questions for what a declared tool still needs. */
  missing: Record<FieldKind, string>;
  /** Above what a declared tool answered, and instead of it when it is empty. */
  found: string;
  nothingThere: string;
  /** Words for the demo company's statuses. */
  statuses: Record<string, string>;
}
