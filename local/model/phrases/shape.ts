/** Everything the offline model says by itself; the rest are the company's own words. */
export interface Phrases {
  greeting(name: string | null, company: string): string;
  hello(name: string | null): string;
  thanks: string;
  outOfScope(company: string): string;
  assistant(company: string): string;
  askMore: string;
  cannotRead: string;
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
