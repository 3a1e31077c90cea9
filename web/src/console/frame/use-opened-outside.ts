import { useEffect } from "react";
import { useLocation } from "wouter";

/** Follows a press on a notification, which the service worker tells, without loading the page anew. */
export function useOpenedOutside(): void {
  const [, go] = useLocation();
  useEffect(() => {
    // Absent in private windows of some browsers.
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    const open = ({ data }: MessageEvent<{ open?: unknown } | null>) => {
      if (typeof data?.open === "string") go(data.open);
    };
    worker?.addEventListener("message", open);
    worker?.startMessages();
    return () => worker?.removeEventListener("message", open);
  }, [go]);
}
