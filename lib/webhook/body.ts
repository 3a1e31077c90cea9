/**
 * The raw bytes of a request or response; null when there are more than `maxBytes`, noticed while reading, so that
 * no more than that is ever held. Rejects when the sender breaks off.
 */
export async function readBody(
  message: Pick<Request, "headers" | "body">,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const { body } = message;
  if (body === null) return new Uint8Array();
  if (Number(message.headers.get("content-length")) > maxBytes) {
    abandon(body);
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > maxBytes) {
      abandon(reader);
      return null;
    }
    chunks.push(next.value);
  }
  return join(chunks, size);
}

/** Not awaited: a sender who is still sending must not hold up the refusal. */
function abandon(source: { cancel(): Promise<void> }): void {
  source.cancel().catch(() => {});
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
