// Keeps the screen lit while a session goes on. The browser takes that back whenever the page is
// hidden; it is asked for again when the page is seen again.

const IDLE = 5 * 60 * 1000; // ms: whoever has put the phone away gets their battery back

export class Wake {
  isWanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.ask());
  }

  // Until ``at`` (a time of performance.now()), and five minutes more.
  keep(at = performance.now()) {
    this.isWanted = true;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.letGo(), Math.max(at - performance.now(), 0) + IDLE);
    this.ask();
  }

  async ask() {
    if (!this.isWanted || this.lock || this.isAsking || document.hidden) return;
    this.isAsking = true;
    try {
      const lock = await navigator.wakeLock?.request("screen");
      lock?.addEventListener("release", () => this.lost(lock));
      this.lock = lock;
    } catch {
      this.lock = undefined; // an almost empty battery: the phone decides
    }
    this.isAsking = false;
    if (!this.isWanted) this.letGo();
  }

  lost(lock) {
    if (this.lock === lock) this.lock = undefined;
  }

  letGo() {
    this.isWanted = false;
    clearTimeout(this.idle);
    this.lock?.release();
    this.lock = undefined;
  }
}
