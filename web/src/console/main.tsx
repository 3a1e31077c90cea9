import "../shared/tokens.css";
import "../shared/base.css";
import "./shell/base.css";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { SWRConfig } from "swr";
import { Router } from "wouter";
import { PageProvider } from "../shared/page.tsx";
import { App } from "./app.tsx";
import { SWR_OPTIONS } from "./client/use-api.ts";
import { Boundary } from "./shell/boundary.tsx";
import { useSharedTexts } from "./shell/texts.ts";
import { ToastProvider } from "./shell/toasts.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("console.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Boundary>
      <Suspense fallback={null}>
        <PageProvider useTexts={useSharedTexts}>
          <SWRConfig value={SWR_OPTIONS}>
            <ToastProvider>
              <Router base="/console">
                <App />
              </Router>
            </ToastProvider>
          </SWRConfig>
        </PageProvider>
      </Suspense>
    </Boundary>
  </StrictMode>,
);
