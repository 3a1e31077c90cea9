import { foldText } from "../../language/fold.ts";

const MOST = 48;

/** Names topics by their titles, each once. */
export function createSlugs(taken: Iterable<string> = []): (title: string) => string {
  const used = new Set(taken);
  return (title) => {
    const words = foldText(title.slice(0, 200)).match(/[a-z0-9]+/g) ?? [];
    const plain = words.join("-").slice(0, MOST).replace(/-+$/, "") || "topic";
    let slug = plain;
    for (let count = 2; used.has(slug); count++) slug = `${plain}-${count}`;
    used.add(slug);
    return slug;
  };
}
