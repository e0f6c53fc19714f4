// Does one thing after the other, each in a task of its own, so that a slow phone can answer a
// finger in between. Not by a timer: a browser may let those wait.

export function apart(...works) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    works.shift()();
    if (works.length) port2.postMessage("");
    else port1.close();
  };
  port2.postMessage("");
}
