/** An entry of a diary: an appointment, a reservation. */
export interface Entry {
  code: string;
  customer: string;
  day: string;
  time: string;
  people: number;
}

interface DiaryOptions {
  /** Letter that codes begin with. */
  letter: string;
  /** Times of a day at which there is anything at all; `weekday` counts from Sunday. */
  times(weekday: number): readonly string[];
  /** People that fit at a time. */
  room: number;
  /** The first day that can be booked. */
  today(): string;
}

/** Why an entry cannot be made or found. */
type Refused = "taken" | "unknown";

/** Entries of customers on days, in memory: real state, and each effect once by its idempotency key. */
export class Diary {
  readonly #options: DiaryOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #done = new Map<string, Entry>();
  #count = 1000;

  constructor(options: DiaryOptions) {
    this.#options = options;
  }

  /** Times of the day with room for so many. */
  free(day: string, people: number): string[] {
    const { times, room, today } = this.#options;
    if (!isDay(day) || day < today()) return [];
    return times(new Date(day).getUTCDay()).filter((time) => this.#taken(day, time) + people <= room);
  }

  /** The customer's entries from today on, the next first. */
  of(customer: string): Entry[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.customer === customer && entry.day >= this.#options.today())
      .sort((one, other) => (`${one.day} ${one.time}` < `${other.day} ${other.time}` ? -1 : 1));
  }

  book(key: string, wanted: Omit<Entry, "code">): Entry | Refused {
    return this.#once(key, () => {
      if (!this.free(wanted.day, wanted.people).includes(wanted.time)) return "taken";
      this.#count += 1;
      return this.#keep({ ...wanted, code: `${this.#options.letter}-${this.#count}` });
    });
  }

  move(key: string, { customer, code, day, time }: Omit<Entry, "people">): Entry | Refused {
    return this.#once(key, () => {
      const entry = this.#own(customer, code);
      if (!entry) return "unknown";
      return this.free(day, entry.people).includes(time) ? this.#keep({ ...entry, day, time }) : "taken";
    });
  }

  cancel(key: string, { customer, code }: Pick<Entry, "customer" | "code">): Entry | Refused {
    return this.#once(key, () => {
      const entry = this.#own(customer, code);
      this.#entries.delete(entry?.code ?? "");
      return entry ?? "unknown";
    });
  }

  #keep(entry: Entry): Entry {
    this.#entries.set(entry.code, entry);
    return entry;
  }

  #own(customer: string, code: string): Entry | null {
    const entry = this.#entries.get(code);
    return entry?.customer === customer ? entry : null;
  }

  #taken(day: string, time: string): number {
    const there = [...this.#entries.values()].filter((entry) => entry.day === day && entry.time === time);
    return there.reduce((sum, { people }) => sum + people, 0);
  }

  #once(key: string, act: () => Entry | Refused): Entry | Refused {
    const before = this.#done.get(key);
    if (before) return before;
    const entry = act();
    if (typeof entry !== "string") this.#done.set(key, entry);
    return entry;
  }
}

const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
