/** A customer as a request or a report names them; at least one of the two is set. */
export interface Addressee {
  /** Digits without `+`; null when only the user id is known. */
  phone: string | null;
  /** Business-scoped user id. */
  waUserId: string | null;
}

/** Meta's knowledge of customers: their two names, their windows, and which of them cannot be reached. */
export interface Customers {
  /** Joins a phone and a user id: reports name both from now on. */
  identify(phone: string, waUserId: string): void;
  /** The customer under both names, where both are known. */
  complete(customer: Addressee): Addressee;
  /** Ends the window for free-form messages at this time, or now when null; for one business number, or for all. */
  setWindow(customer: string, openUntilMs: number | null, phoneNumberId?: string): void;
  /** False when a window was set and has closed. */
  windowOpen(customer: Addressee, phoneNumberId: string, nowMs: number): boolean;
  /** Fails every message to this customer with a code, until null is set. */
  setUndeliverable(customer: string, metaCode: number | null): void;
  undeliverable(customer: Addressee): number | null;
}

/** No customer is known at first: every window is open and every message arrives. */
export function createCustomers(): Customers {
  const userIds = new Map<string, string>();
  const phones = new Map<string, string>();
  const windows = new Map<string, number>();
  const unreachable = new Map<string, number>();

  const complete = ({ phone, waUserId }: Addressee): Addressee => ({
    phone: phone ?? (waUserId === null ? null : (phones.get(waUserId) ?? null)),
    waUserId: waUserId ?? (phone === null ? null : (userIds.get(phone) ?? null)),
  });
  const namesOf = (customer: Addressee): string[] =>
    Object.values(complete(customer)).filter((name): name is string => name !== null);
  return {
    complete,
    identify(phone, waUserId) {
      userIds.set(phone, waUserId);
      phones.set(waUserId, phone);
    },
    setWindow(customer, openUntilMs, phoneNumberId = "") {
      windows.set(`${phoneNumberId}/${customer}`, openUntilMs ?? 0);
    },
    windowOpen(customer, phoneNumberId, nowMs) {
      const ends = namesOf(customer).map(
        (name) => windows.get(`${phoneNumberId}/${name}`) ?? windows.get(`/${name}`),
      );
      return ends.every((endMs) => endMs === undefined || nowMs < endMs);
    },
    setUndeliverable(customer, metaCode) {
      if (metaCode === null) unreachable.delete(customer);
      else unreachable.set(customer, metaCode);
    },
    undeliverable(customer) {
      const name = namesOf(customer).find((candidate) => unreachable.has(candidate));
      return name === undefined ? null : (unreachable.get(name) ?? null);
    },
  };
}
