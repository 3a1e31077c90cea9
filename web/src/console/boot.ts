/** Begins the first view while the page's script is still on its way: its texts, and what it asks the server. */

import { firstLanguage } from "../shared/language.ts";
import { recall } from "../shared/memory.ts";
import { loadTexts } from "../texts/console.ts";
import { askEarly } from "./client/early.ts";
import { firstPaths } from "./first-paths.ts";

void loadTexts(firstLanguage());
askEarly(firstPaths(location.pathname, location.search, recall("tenant")));
