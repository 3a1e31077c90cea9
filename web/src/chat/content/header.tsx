import type { ChatHeader } from "../../../../contracts/chat.ts";
import { Media } from "./media.tsx";

/** Header of an interactive message or a template. */
export function Header({ header }: { header: ChatHeader }) {
  if (header.type === "text") return <p className="content-title">{header.text}</p>;
  return <Media media={header.media} file={header.file} alt="" />;
}
