const MOST = 48;

/** Name of a topic by its title, not among those that are taken. */
export function slugOf(title: string, taken: ReadonlySet<string>): string {
  const words =
    title
      .normalize("NFD")
      .toLowerCase()
      .replace(/\p{M}+/gu, "")
      .match(/[a-z0-9]+/g) ?? [];
  const plain = words.join("-").slice(0, MOST).replace(/-+$/, "") || "topic";
  let slug = plain;
  for (let count = 2; taken.has(slug); count++) slug = `${plain}-${count}`;
  return slug;
}
