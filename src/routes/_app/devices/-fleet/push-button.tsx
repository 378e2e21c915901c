import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import styles from './fleet-page.module.css'

const worker = '/push-worker.js'

function isSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && window.isSecureContext
}

/** Lets this browser be told of alerts, also while no page is open. */
export function PushButton() {
  const w = fleetWords.alerts.push
  const key = useQuery(operationQuery('site.pushKey', {}))
  const subscribe = useMutation(operationMutation('site.subscribePush'))
  const [subscription, setSubscription] = useState<PushSubscription | null>(null)
  const [isDenied, setDenied] = useState(false)
  useEffect(() => {
    if (!isSupported()) return
    void navigator.serviceWorker
      .getRegistration(worker)
      .then(registration => registration?.pushManager.getSubscription())
      .then(found => setSubscription(found ?? null))
  }, [])
  const publicKey = key.data?.Key
  if (publicKey == null) return null
  if (!isSupported()) return <span className={styles.quiet}>{w.unsupported}</span>

  const start = async () => {
    const registration = await navigator.serviceWorker.register(worker)
    await navigator.serviceWorker.ready
    const made = await registration.pushManager
      .subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
      .catch(() => null)
    setDenied(made === null)
    if (made === null) return
    const { endpoint, keys } = made.toJSON()
    subscribe.mutate(
      {
        input: {
          Endpoint: endpoint ?? '',
          P256dh: keys?.p256dh ?? '',
          Auth: keys?.auth ?? '',
          Label: w.label,
        },
      },
      { onSuccess: () => setSubscription(made) },
    )
  }
  const stop = async () => {
    if (subscription === null) return
    subscribe.mutate({ input: { Endpoint: subscription.endpoint } })
    await subscription.unsubscribe()
    setSubscription(null)
  }
  return (
    <span className={styles.row}>
      <span role="status" className={styles.quiet}>
        {isDenied ? w.denied : subscription ? w.on : ''}
      </span>
      <Button busy={subscribe.isPending} onClick={() => void (subscription ? stop() : start())}>
        {subscription ? w.stop : w.tell}
      </Button>
    </span>
  )
}
