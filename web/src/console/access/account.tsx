import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** Own account. */
export default function Account() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.account}>{null}</PageFrame>;
}
