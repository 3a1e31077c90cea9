import { useTexts } from "../shell/texts.ts";
import { Entry } from "./entry.tsx";

/** Invitation page. */
export function Invitation() {
  const { access } = useTexts();
  return <Entry title={access.invitation.title}>{null}</Entry>;
}
