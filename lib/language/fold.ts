/** Lower case without accents, for comparing words as customers type them. */
export function foldText(text: string): string {
  // Combining marks go first: normalising many of them takes quadratic time.
  return text
    .replace(/\p{M}+/gu, "")
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
