// Of several tabs with one person's session the one that was opened or pressed last leads it.

export class Tabs {
  constructor(record, onOther) {
    this.channel = new BroadcastChannel(`session:${record}`);
    this.channel.addEventListener("message", onOther);
  }

  lead() {
    this.channel.postMessage("leads");
  }
}
