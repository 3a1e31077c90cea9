import type { Uploaded } from "../../../../../contracts/console/acts.ts";
import { ApiError } from "../../client/api.ts";

/** An upload on its way. */
export interface Upload {
  done: Promise<Uploaded>;
  cancel(): void;
}

/** Uploads a file and reports the share that is sent. By XMLHttpRequest: `fetch` does not tell how far it is. */
export function upload(path: string, file: File, onShare: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    request.open("POST", `/api/console${path}`);
    request.responseType = "json";
    request.setRequestHeader("x-chasqui-console", "1");
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.setRequestHeader("x-filename", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError(0, "offline"));
    request.onload = () => {
      const { status, response } = request;
      if (status >= 200 && status < 300) resolve(response as Uploaded);
      else reject(new ApiError(status, response?.error?.code ?? "unknown"));
    };
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
