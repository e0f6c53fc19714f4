// Files: what is kept is answered at once. Each has another address once it is another file.
import { keptFile } from "./kept.js";
import { fromShell } from "./shell.js";

/** A style sheet, a script, the icons: of this release, or of the one that a kept page is from. */
export async function answerStatic(request) {
  const known = (await fromShell(request)) ?? (await caches.match(request, { ignoreVary: true }));
  return known ?? fetch(request);
}

export async function answerFile(request) {
  return (await keptFile(request)) ?? fetch(request);
}
