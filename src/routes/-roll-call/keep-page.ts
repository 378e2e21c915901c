/**
 * Has the browser keep this page and its code, so that it opens without a network. Only over https or on this machine:
 * elsewhere browsers do not allow it, which the page says.
 */
export async function keepPage(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return false
  const registration = await navigator.serviceWorker.register('/roll-call-worker.js')
  const worker = registration.active ?? registration.waiting ?? registration.installing
  await navigator.serviceWorker.ready
  const used = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname)
  ;(registration.active ?? worker)?.postMessage({ keep: used })
  return true
}
