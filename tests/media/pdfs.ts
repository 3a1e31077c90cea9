import { deflateSync } from "node:zlib";

interface PdfOptions {
  /** One page each; a Buffer is a content stream as it stands. */
  pages: readonly (string | Buffer)[];
  /** Filters of the content streams; the streams are compressed accordingly. */
  deflated?: 0 | 1 | 2;
  /** Number of times that they are already compressed. */
  already?: 0 | 1;
  /** Locked with a password that nobody knows. */
  locked?: boolean;
}

/** A PDF made by hand, for saying exactly what is in it. */
export function pdf({ pages, deflated = 0, already = 0, locked = false }: PdfOptions): Buffer {
  const filter = ["", "/Filter /FlateDecode ", "/Filter [/FlateDecode /FlateDecode] "][deflated] ?? "";
  const objects: Buffer[] = [
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from(
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${4 + at * 2} 0 R`).join(" ")}] >>`,
    ),
    Buffer.from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
  ];
  for (const [at, page] of pages.entries()) {
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      ),
    );
    let content = Buffer.isBuffer(page) ? page : Buffer.from(shown(page), "latin1");
    for (let times = already; times < deflated; times++) content = deflateSync(content);
    objects.push(
      Buffer.concat([
        Buffer.from(`<< ${filter}/Length ${content.length} >>\nstream\n`),
        content,
        Buffer.from("\nendstream"),
      ]),
    );
  }
  return assembled(objects, locked);
}

/** The operators that write these lines. */
function shown(text: string): string {
  const lines = text.split("\n").map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`);
  return `BT /F1 12 Tf 14 TL 50 780 Td ${lines.join(" ")} ET`;
}

function assembled(objects: readonly Buffer[], locked: boolean): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [at, object] of objects.entries()) {
    offsets.push(length);
    add(Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]));
  }
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  const key = "5a".repeat(32);
  const lock = locked
    ? `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${key}> /U <${key}> >> /ID [<00> <00>] `
    : "";
  add(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${lock}>>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
