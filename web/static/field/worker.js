// The worker keeps the files of the page, so that it opens without a connection. It touches nothing else: neither the
// data nor any other page. VERSION and FILES (path: type) stand before this text. A new version waits until the last
// tab is closed, so that no form is changed under a hand.

const CACHE = `practicum-field-${VERSION}`;

async function fetchAll() {
  const cache = await caches.open(CACHE);
  for (const [path, type] of Object.entries(FILES)) {
    const answer = await fetch(path, { cache: "no-cache" });
    const isRight = answer.ok && !answer.redirected && (answer.headers.get("Content-Type") ?? "").startsWith(type);
    if (!isRight) throw new Error(`${path} is not what it should be`);
    await cache.put(path, answer);
  }
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith("practicum-field-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function fromCache(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fetchAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || pathname.startsWith("/field/api/")) return;
  if (mode === "navigate" && pathname.startsWith("/field/")) event.respondWith(fromCache("/field/", event.request));
  else if (pathname in FILES) event.respondWith(fromCache(pathname, event.request));
});
