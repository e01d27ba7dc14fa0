/*
 * The service worker: Sluice starts with no network.
 *
 * In front of this file the build puts VERSION and PRECACHE, the address of every file of that version.
 * A version is installed as a whole or not at all, waits until the running one is let go of, and then
 * replaces it. A page may hurry it: postMessage({ type: "SKIP_WAITING" }) to the waiting worker, then
 * reload on "controllerchange". What people entered lies in IndexedDB, which this file never touches.
 */
"use strict";

const PREFIX = "sluice-app-";
const CACHE = PREFIX + VERSION;

/* Talk with the relay. An old answer to any of these would be a wrong one. */
const RELAY = ["/sync", "/join", "/amend", "/recover", "/files", "/healthz", "/metrics", "/version.json"];

const isRelay = (path) => RELAY.some((each) => path === each || path.startsWith(each + "/"));
/* Named after their content, so a file of this name is this file, whoever kept it. */
const isAsset = (path) => path.startsWith("/assets/");

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || isRelay(pathname)) return;
  if (request.mode === "navigate" && !isAsset(pathname)) event.respondWith(page(request));
  else event.respondWith(file(request, pathname));
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(PRECACHE.map((address) => keep(cache, address)));
}

async function keep(cache, address) {
  const known = isAsset(address) ? await caches.match(address) : undefined;
  await cache.put(address, known ?? (await load(address)));
}

async function load(address) {
  const response = await fetch(address, { cache: isAsset(address) ? "default" : "reload" });
  if (!response.ok || response.redirected) {
    throw new Error(`version ${VERSION}: ${address} answered ${response.status}`);
  }
  if (address === "/" && !(await response.clone().text()).includes(VERSION)) {
    // The relay was given a newer app meanwhile. Its page would ask for files that are not kept here.
    throw new Error(`version ${VERSION}: the page is of another version`);
  }
  return response;
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The first visit already works offline, without a reload.
  await self.clients.claim();
}

/* Every address of the app is the same page; the app reads the address itself. */
const page = async (request) => (await kept("/")) ?? fetch(request);

/* A file that is not kept is the relay's to answer, with 404 where it has none: never with the page. */
const file = async (request, pathname) => (await kept(pathname)) ?? fetch(request);

/* A browser that cannot read what it keeps, while it repairs it after a power cut, say, keeps nobody out. */
async function kept(address) {
  try {
    const cache = await caches.open(CACHE);
    return await cache.match(address);
  } catch {
    return undefined;
  }
}
