import type { SimHeader } from "../../api.ts";
import { Media } from "./media.tsx";

/** What stands above the words of an interactive message or a template. */
export function Header({ header }: { header: SimHeader }) {
  if (header.type === "text") return <p className="content-title">{header.text}</p>;
  return <Media media={header.media} file={header.file} alt="" />;
}
