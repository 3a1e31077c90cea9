/** One block of a stream of server-sent events; without a name and data when it only moves the id on. */
export interface ServerEvent {
  name: string | null;
  data: string;
  id: string | null;
}

/**
 * Reads server-sent events from text that comes in pieces, cut anywhere. `EventSource` cannot do what is needed here: it
 * hides the status of a refused request, and sends its last id only when it reconnects by itself.
 */
export function createEventReader(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = "";
  let block: ServerEvent = empty();
  let lines: string[] = [];

  function take(line: string): void {
    if (line === "") {
      const { name, id } = block;
      if (lines.length > 0 || id !== null)
        onEvent({ name: lines.length > 0 ? name : null, data: lines.join("\n"), id });
      block = empty();
      lines = [];
      return;
    }
    const colon = line.indexOf(":");
    // A line that begins with a colon is a comment.
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") block.name = value;
    else if (field === "data") lines.push(value);
    else if (field === "id") block.id = value;
  }

  return (piece) => {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) take(part.endsWith("\r") ? part.slice(0, -1) : part);
  };
}

const empty = (): ServerEvent => ({ name: null, data: "", id: null });
