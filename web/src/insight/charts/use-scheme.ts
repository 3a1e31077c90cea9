import { useSyncExternalStore } from "react";
import { usePage } from "../../shared/page.tsx";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}

/** Colours that are shown, for what draws on a canvas. */
export function useScheme(): "light" | "dark" {
  const { theme } = usePage();
  const system = useSyncExternalStore(subscribe, () => dark.matches);
  if (theme === "auto") return system ? "dark" : "light";
  return theme;
}
