import { withoutMarks } from "../language/marks.ts";

/** Customer's words without the marks that `describeMessage` adds; for decisions by words alone. */
export const ownWords = (described: string): string => withoutMarks(described);
