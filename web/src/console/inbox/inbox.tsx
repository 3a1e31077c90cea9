import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** The inbox. */
export function Inbox() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.inbox}>{null}</PageFrame>;
}
