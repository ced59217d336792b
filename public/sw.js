const CACHE = "fourfold-offline-1";
const PAGE = "/offline";

/** The page without a person, so that it says nothing of anybody, and what it is made of. */
async function keepPage() {
  const response = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  if (!response.ok) throw new Error("There is no page for when there is no network.");
  const parts = new Set((await response.clone().text()).match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g));
  const cache = await caches.open(CACHE);
  await cache.addAll([...parts]);
  await cache.put(PAGE, response);
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

const kept = async (key) => (await caches.match(key)) ?? Response.error();

self.addEventListener("install", (event) => event.waitUntil(keepPage().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (origin === self.location.origin && pathname.startsWith("/_next/static/"))
    event.respondWith(fetch(request).catch(() => kept(request)));
});
