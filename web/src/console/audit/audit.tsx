import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** Audit log. */
export default function Audit() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.audit}>{null}</PageFrame>;
}
