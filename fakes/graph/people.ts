/** A person as a request or a report names them; at least one of the two is set. */
export interface Addressee {
  /** Digits without `+`; null when only the user id is known. */
  phone: string | null;
  /** Business-scoped user id. */
  waUserId: string | null;
}

/** What Meta knows of people: who is who, until when each may be written to, and who cannot be reached. */
export interface People {
  /** Tells that a phone and a user id are one person: reports name both from now on. */
  identify(phone: string, waUserId: string): void;
  /** The person under both names, where both are known. */
  whole(person: Addressee): Addressee;
  /** Until when free-form messages are taken; null: not now. Without a business number: for all of them. */
  setWindow(person: string, openUntilMs: number | null, phoneNumberId?: string): void;
  /** True unless a window was set that is over. */
  windowOpen(person: Addressee, phoneNumberId: string, nowMs: number): boolean;
  /** The code that every message to this person fails with; null: they get their messages again. */
  setUndeliverable(person: string, errorCode: number | null): void;
  undeliverable(person: Addressee): number | null;
}

/** Nobody is known at first: every window is open and everybody can be reached. */
export function createPeople(): People {
  const userIds = new Map<string, string>();
  const phones = new Map<string, string>();
  const windows = new Map<string, number>();
  const unreachable = new Map<string, number>();

  const whole = ({ phone, waUserId }: Addressee): Addressee => ({
    phone: phone ?? (waUserId === null ? null : (phones.get(waUserId) ?? null)),
    waUserId: waUserId ?? (phone === null ? null : (userIds.get(phone) ?? null)),
  });
  const namesOf = (person: Addressee): string[] =>
    Object.values(whole(person)).filter((name): name is string => name !== null);
  return {
    whole,
    identify(phone, waUserId) {
      userIds.set(phone, waUserId);
      phones.set(waUserId, phone);
    },
    setWindow(person, openUntilMs, phoneNumberId = "") {
      windows.set(`${phoneNumberId}/${person}`, openUntilMs ?? 0);
    },
    windowOpen(person, phoneNumberId, nowMs) {
      const ends = namesOf(person).map(
        (name) => windows.get(`${phoneNumberId}/${name}`) ?? windows.get(`/${name}`),
      );
      return ends.every((endMs) => endMs === undefined || nowMs < endMs);
    },
    setUndeliverable(person, errorCode) {
      if (errorCode === null) unreachable.delete(person);
      else unreachable.set(person, errorCode);
    },
    undeliverable(person) {
      const name = namesOf(person).find((candidate) => unreachable.has(candidate));
      return name === undefined ? null : (unreachable.get(name) ?? null);
    },
  };
}
