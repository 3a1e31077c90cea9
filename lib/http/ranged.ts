type Bytes = Uint8Array<ArrayBuffer>;

/** A file, or the part of it that a player asks for (`range`); as a stream, which Vercel does not limit to 4.5 MB. */
export function rangedResponse(
  range: string | null,
  bytes: Bytes,
  given: Readonly<Record<string, string>>,
): Response {
  const headers = { "accept-ranges": "bytes", ...given };
  const asked = /^bytes=(?<from>\d{1,15})-(?<to>\d{0,15})$/.exec(range ?? "")?.groups;
  const from = Number(asked?.from ?? 0);
  if (!asked || from >= bytes.length) return new Response(streamOf(bytes), { headers });
  const to = Math.min(asked.to ? Number(asked.to) : bytes.length - 1, bytes.length - 1);
  if (to < from) return new Response(streamOf(bytes), { headers });
  const part = { ...headers, "content-range": `bytes ${from}-${to}/${bytes.length}` };
  return new Response(streamOf(bytes.subarray(from, to + 1)), { status: 206, headers: part });
}

const CHUNK = 256 * 1024;

function streamOf(bytes: Bytes): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + CHUNK));
      at += CHUNK;
    },
  });
}
