// Shows alerts while no page of Gatehouse is open. It caches nothing and answers no request.
self.addEventListener('push', event => {
  const message = event.data ? event.data.json() : { title: 'Gatehouse', body: '' }
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      tag: message.tag,
      requireInteraction: message.severity === 'Critical',
      data: { url: message.deviceSN ? `/devices/${message.deviceSN}?tab=health` : '/devices/alerts' },
    }),
  )
})
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.url))
})
