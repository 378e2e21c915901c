// Keeps the roll call, and nothing else, for a phone without a network: its page and its code, never an answer of the
// server. The list itself is in the page's own storage and leaves it with the sign-out.
const cacheName = 'gatehouse-roll-call'
const pages = ['/roll-call', '/scheme.js', '/favicon.svg', '/manifest.webmanifest']

self.addEventListener('install', event => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then(cache => cache.addAll(pages))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', event => {
  event.waitUntil(self.clients.claim())
})

/** The page says which code it runs on; what an older build ran on is forgotten. */
self.addEventListener('message', event => {
  const keep = event.data?.keep
  if (!Array.isArray(keep)) return
  event.waitUntil(keepOnly(keep.filter(path => typeof path === 'string' && path.startsWith('/assets/'))))
})

async function keepOnly(assets) {
  const cache = await caches.open(cacheName)
  const held = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  await Promise.all(assets.filter(path => !held.includes(path)).map(path => cache.add(path)))
  const wanted = new Set([...pages, ...assets])
  await Promise.all(held.filter(path => !wanted.has(path)).map(path => cache.delete(path)))
  const page = await fetch('/roll-call', { cache: 'no-store' }).catch(() => null)
  if (page?.ok) await cache.put('/roll-call', page)
}

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  const isPage = event.request.mode === 'navigate' && url.pathname === '/roll-call'
  const isPart = url.pathname.startsWith('/assets/') || pages.includes(url.pathname)
  if (isPage) event.respondWith(fetch(event.request).catch(() => fromCache('/roll-call')))
  else if (isPart) event.respondWith(fetch(event.request).catch(() => fromCache(url.pathname)))
})

async function fromCache(path) {
  const held = await caches.match(path, { cacheName })
  return held ?? Response.error()
}
