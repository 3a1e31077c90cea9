import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** Quick replies. */
export default function QuickReplies() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.quickReplies}>{null}</PageFrame>;
}
