import plain from "../../../shared/icon.svg";
import waiting from "./icon-waiting.svg";

/** Title of the tab, with the number of those who wait in front. */
const titleWith = (title: string, count: number): string => {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  return count > 0 ? `(${count > 99 ? "99+" : count}) ${bare}` : bare;
};

/** Shows on the tab whether somebody waits: a dot on its icon and the number before its title. */
export function showBadge(count: number): void {
  document.title = titleWith(document.title, count);
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (link) link.href = count > 0 ? waiting : plain;
}
