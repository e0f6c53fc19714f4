// Does one thing after the other, each in a task of its own where the browser can, so that a slow
// phone answers a finger in between. Before anything else: not by a timer, which may be made to wait.

const SOON = { priority: "user-blocking" };

export function apart(...works) {
  for (const work of works) {
    if (globalThis.scheduler?.postTask) scheduler.postTask(work, SOON);
    else work();
  }
}
