// Answers for the site on this phone. It is built to one file, and served from the root.

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
