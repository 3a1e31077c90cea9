/** Everything the offline model says by itself; the rest are the company's own words. */
export interface Phrases {
  greeting(name: string | null, company: string): string;
  hello(name: string | null): string;
  thanks: string;
  outOfScope(company: string): string;
  assistant(company: string): string;
  askMore: string;
  /** To what could not be opened, seen or heard. */
  cannotRead: string;
  /** To each kind of message that came without words. */
  received: {
    /** After thanks for it. */
    image: string;
    sticker: string;
    contact: string;
    form: string;
    document(name: string, beginning: string): string;
  };
  /** Said before an answer. */
  thanksFor: { picture: string; place: string };
  /** What to look up for somebody who sent a place. */
  whereIsTheShop: string;
  /** Above options to tap, and what stands on them. */
  whichOrder: string;
  orderOption(number: string): string;
  seeOrders: string;
  whichTopic: string;
  seeTopics: string;
  /** Above the button that shares a location. */
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
  /** Words for the demo company's statuses. */
  statuses: Record<string, string>;
}
