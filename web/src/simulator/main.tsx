import "../shared/tokens.css";
import "../shared/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PageProvider } from "../shared/page.tsx";
import { textsOf } from "../texts/all.ts";
import { Simulator } from "./simulator.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("simulator.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PageProvider useTexts={textsOf}>
      <Simulator />
    </PageProvider>
  </StrictMode>,
);
