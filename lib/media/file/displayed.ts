import { cleanText } from "../../json/clean.ts";

/** Types that a browser may display from an address of ours: raster images, sound, video; nothing that runs. */
const DISPLAYED =
  /^(image\/(jpeg|png|webp|gif)|audio\/(ogg|opus|mpeg|mp3|mp4|aac|amr|wav|x-wav|webm|flac|m4a|x-m4a|3gpp)|video\/(mp4|3gpp|webm|quicktime))$/;

const MAX_NAME = 120;
/** Separators of paths, and marks that turn the reading direction: `gpj.exe` must not look like `exe.jpg`. */
const MISLEADING = /[/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Type of a file as it may be served: the declared one when browsers may display it, else bytes to be saved. */
function servedType(declared: string | null): string {
  const type = (declared ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return DISPLAYED.test(type) ? type : "application/octet-stream";
}

/** Headers of somebody else's file: nothing in it acts as a page of ours, and its name is only a name. */
export function fileHeaders(declared: string | null, filename: string | null): Record<string, string> {
  const type = servedType(declared);
  const way = type === "application/octet-stream" ? "attachment" : "inline";
  const name = cleanText((filename ?? "").replace(MISLEADING, "_"), MAX_NAME).replace(/^\.+/, "_");
  const named = name === "" ? "" : `; filename*=UTF-8''${encoded(name)}`;
  return {
    "content-type": type,
    "content-disposition": `${way}${named}`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=300",
  };
}

/** As RFC 8187 has it. */
const encoded = (name: string): string =>
  encodeURIComponent(name.replaceAll("\n", " ")).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
