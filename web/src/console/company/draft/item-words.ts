import type { ItemName } from "../../../../../contracts/console/versions.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { splitItem } from "./applied.ts";
import { useCompanyTexts } from "./texts.ts";

/** Names of items in the page's words. */
export function useItemWords(): (item: ItemName) => string {
  const { items, profile } = useCompanyTexts();
  const { texts } = usePage();
  return (item) => {
    const [section, key] = splitItem(item);
    if (section === "profile") return items.profile(String(profile[key as keyof typeof profile] ?? key));
    if (section === "intents" && key !== "") return items.intent(textFor(texts.turn.intents, key) ?? key);
    if (section === "tools" && key !== "") return items.tool(key);
    if (section === "passages" && key !== "") return items.passage(key);
    return items.all;
  };
}
