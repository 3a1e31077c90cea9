import "./sheets.css";
import type { OpenSheet } from "../actions/actions.ts";
import { CaptionSheet } from "./caption-sheet.tsx";
import { CartSheet } from "./cart-sheet.tsx";
import { FlowSheet } from "./flow-sheet.tsx";
import { ListSheet } from "./list-sheet.tsx";
import { PlacesSheet } from "./places-sheet.tsx";

/** The open sheet. */
export function Sheets({ sheet, onClose }: { sheet: OpenSheet; onClose(): void }) {
  switch (sheet.kind) {
    case "caption":
      return <CaptionSheet {...sheet} onClose={onClose} />;
    case "places":
      return <PlacesSheet {...sheet} onClose={onClose} />;
    case "list":
      return <ListSheet {...sheet} onClose={onClose} />;
    case "cart":
      return <CartSheet onClose={onClose} />;
    case "flow":
      return <FlowSheet {...sheet} onClose={onClose} />;
  }
}
