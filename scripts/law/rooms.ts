import { posix } from "node:path";
import { blankComments, importsOf } from "./code.ts";
import type { Violation } from "./imports.ts";

/** Most files of code in one folder: a newcomer reads its list at a glance. */
const MOST_FILES = 20;

interface Source {
  file: string;
  text: string;
}

const breach = (folder: string, rule: string): Violation => ({ file: folder, line: 1, rule });

/** Folders with too many files of code. */
export function crowdedRooms(files: readonly string[]): Violation[] {
  const sizes = new Map<string, number>();
  for (const room of files.map(posix.dirname)) sizes.set(room, (sizes.get(room) ?? 0) + 1);
  return [...sizes]
    .filter(([, size]) => size > MOST_FILES)
    .map(([room, size]) => breach(room, `has ${size} files, more than ${MOST_FILES}`));
}

/** Circles among the folders of `sources`, each named once, as a walk that ends where it began. */
export function circles(sources: readonly Source[]): Violation[] {
  const imports = roomImports(sources);
  const done = new Set<string>();
  const found: Violation[] = [];
  const walk = (room: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(room);
    if (seenAt >= 0) {
      const circle = [...way.slice(seenAt), room];
      found.push(breach(room, `forms a circle of folders: ${circle.join(" → ")}`));
      return;
    }
    if (done.has(room)) return;
    for (const next of imports.get(room) ?? []) walk(next, [...way, room]);
    done.add(room);
  };
  for (const room of imports.keys()) walk(room, []);
  return found;
}

/** Types of `lib/types` name each other across its folders: as they hold no code, all of them are one room. */
const roomOf = (path: string): string => (path.startsWith("lib/types/") ? "lib/types" : posix.dirname(path));

/** The folders that each folder imports from, types included. */
function roomImports(sources: readonly Source[]): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const { file } of sources) rooms.set(roomOf(file), new Set());
  for (const { file, text } of sources) {
    const room = roomOf(file);
    for (const { target } of importsOf(file, blankComments(text))) {
      const other = roomOf(target);
      if (other !== room && rooms.has(other)) rooms.get(room)?.add(other);
    }
  }
  return rooms;
}
