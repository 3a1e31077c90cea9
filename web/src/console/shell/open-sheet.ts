/** Sheets that lie over every page. */
export type SheetName = "palette" | "help";

const opened = new EventTarget();

/** Opens the palette or the sheet of shortcuts. */
export const openSheet = (name: SheetName): void => {
  opened.dispatchEvent(new CustomEvent<SheetName>("open", { detail: name }));
};

/** Calls `listener` whenever a sheet is to be opened; gives back how to stop. */
export function onOpenSheet(listener: (name: SheetName) => void): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<SheetName>).detail);
  opened.addEventListener("open", heard);
  return () => opened.removeEventListener("open", heard);
}
