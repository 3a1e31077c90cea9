import type { Row } from "../table.ts";
import { openPages } from "./pages.ts";

/** The console: what open pages cost. */
export default (): Promise<Row[]> => openPages();
