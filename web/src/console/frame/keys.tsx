import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useMay, useTenant } from "../client/session.tsx";
import { onOpenSheet, type SheetName } from "../shell/open-sheet.ts";
import { PAGES, pageHref } from "../shell/pages.ts";
import { useShortcut } from "../shell/use-shortcut.ts";

const Palette = lazy(() => import("./palette.tsx"));
const ShortcutSheet = lazy(() => import("./shortcut-sheet.tsx"));

/** Shortcuts that work on every page, with the palette and the sheet of shortcuts. */
export function Keys() {
  const [open, setOpen] = useState<SheetName | null>(null);
  useEffect(() => onOpenSheet(setOpen), []);
  useShortcut("palette", () => setOpen("palette"));
  useShortcut("help", () => setOpen("help"));
  // A dialog tells later that it was closed; what was opened meanwhile stays.
  const closing = (name: SheetName) => () => setOpen((now) => (now === name ? null : now));
  return (
    <>
      {PAGES.map((page) => (
        <PageKey key={page.name} page={page} />
      ))}
      <Suspense fallback={null}>
        {open === "palette" && <Palette onClose={closing("palette")} />}
        {open === "help" && <ShortcutSheet onClose={closing("help")} />}
      </Suspense>
    </>
  );
}

function PageKey({ page: { name, role, shortcut } }: { page: (typeof PAGES)[number] }) {
  const { tenantId } = useTenant();
  const [, go] = useLocation();
  const may = useMay(role);
  useShortcut(shortcut, may ? () => go(pageHref(tenantId, name)) : null);
  return null;
}
