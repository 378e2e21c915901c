import { Facts } from '../../../../components/facts/facts.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import type { Receiver } from './receiver-page.tsx'

/** What it hears of, in which form, and within which limits. */
export function ReceiverAbout({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  const list = (values: readonly string[] | null) => (values === null ? w.all : values.join(', '))
  const { MaxAgeSeconds, PerSecond } = receiver
  return (
    <Panel title={w.about}>
      <Facts
        facts={[
          {
            label: words.webhooks.form.events,
            value: receiver.Events.map(name => words.webhooks.events[name]).join(', '),
          },
          {
            label: words.webhooks.form.devices,
            value: receiver.DeviceSN === null ? words.webhooks.allDevices : list(receiver.DeviceSN),
          },
          receiver.Site === null ? null : { label: w.sites, value: list(receiver.Site) },
          receiver.EmployeeCode === null ? null : { label: w.people, value: list(receiver.EmployeeCode) },
          {
            label: w.form,
            value: words.webhooks.formats[receiver.Format],
            note: receiver.Encrypted ? words.webhooks.encrypted : undefined,
          },
          {
            label: w.acknowledgement,
            value: words.webhooks.form.acknowledgements[receiver.Acknowledgement],
          },
          PerSecond === null ? null : { label: w.rate, value: String(PerSecond) },
          MaxAgeSeconds === null ? null : { label: w.maxAge, value: String(MaxAgeSeconds / 3600) },
          { label: w.sequence, value: count(receiver.LastSequence), note: w.sequenceWhy },
          { label: w.registered, value: instantFull(receiver.CreatedAt) },
          receiver.LastSuccessAt === null
            ? null
            : { label: words.webhooks.lastSuccess, value: instantFull(receiver.LastSuccessAt) },
        ]}
      />
    </Panel>
  )
}
