import "../shared/tokens.css";
import "../shared/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PageProvider } from "../shared/page.tsx";
import { textsOf } from "../texts/all.ts";
import { Home } from "./home.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PageProvider useTexts={textsOf}>
      <Home />
    </PageProvider>
  </StrictMode>,
);
