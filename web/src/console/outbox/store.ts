import { useSyncExternalStore } from "react";

/** Values by key that live as long as the page and outlive every component: nothing of a customer is stored elsewhere. */
export class KeyedStore<T> {
  readonly #values = new Map<string, T>();
  readonly #listeners = new Set<() => void>();
  readonly #empty: T;

  /** `empty` is the value of every key that was not set. */
  constructor(empty: T) {
    this.#empty = empty;
  }

  get(key: string): T {
    return this.#values.get(key) ?? this.#empty;
  }

  set(key: string, value: T): void {
    this.#values.set(key, value);
    this.#tell();
  }

  change(key: string, change: (value: T) => T): void {
    this.set(key, change(this.get(key)));
  }

  /** All values that were set. */
  all(): T[] {
    return [...this.#values.values()];
  }

  clear(): void {
    this.#values.clear();
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The value of a key, in a component. */
export function useKeyed<T>(store: KeyedStore<T>, key: string): T {
  return useSyncExternalStore(store.subscribe, () => store.get(key));
}
