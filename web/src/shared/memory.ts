/** What this browser remembers between visits; a browser that refuses storage just forgets. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`chasqui.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a value for the next visit. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`chasqui.${key}`, value);
  } catch {
    // Private windows may refuse; the page works without.
  }
}
