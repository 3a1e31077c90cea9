/** Lower case without accents, for comparing words as people type them on a phone. */
export function plain(text: string): string {
  // Loose marks go first: putting many of them in order takes quadratic time.
  return text
    .replace(/\p{M}+/gu, "")
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
