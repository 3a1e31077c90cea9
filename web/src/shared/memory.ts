/** Value stored by an earlier visit; null when there is none or the browser refuses storage. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`chasqui.${key}`);
  } catch {
    return null;
  }
}

/** Stores a value for the next visit. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`chasqui.${key}`, value);
  } catch {
    // Private windows may refuse storage; the page works without it.
  }
}
