import { Facts } from '../../../../components/facts/facts.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
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
            label: webhooksWords.form.events,
            value: receiver.Events.map(name => webhooksWords.events[name]).join(', '),
          },
          {
            label: webhooksWords.form.devices,
            value: receiver.DeviceSN === null ? webhooksWords.allDevices : list(receiver.DeviceSN),
          },
          receiver.Site === null ? null : { label: w.sites, value: list(receiver.Site) },
          receiver.EmployeeCode === null ? null : { label: w.people, value: list(receiver.EmployeeCode) },
          {
            label: w.form,
            value: webhooksWords.formats[receiver.Format],
            note: receiver.Encrypted ? webhooksWords.encrypted : undefined,
          },
          {
            label: w.acknowledgement,
            value: webhooksWords.form.acknowledgements[receiver.Acknowledgement],
          },
          PerSecond === null ? null : { label: w.rate, value: String(PerSecond) },
          MaxAgeSeconds === null ? null : { label: w.maxAge, value: String(MaxAgeSeconds / 3600) },
          { label: w.sequence, value: count(receiver.LastSequence), note: w.sequenceWhy },
          { label: w.registered, value: instantFull(receiver.CreatedAt) },
          receiver.LastSuccessAt === null
            ? null
            : { label: webhooksWords.lastSuccess, value: instantFull(receiver.LastSuccessAt) },
        ]}
      />
    </Panel>
  )
}
