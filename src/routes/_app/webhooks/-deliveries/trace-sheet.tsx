import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { DeliveryTrace } from './delivery-trace.tsx'

/** From a punch, a door event or an order to everybody who was told of it. */
export function TraceSheet({
  tracedID,
  onClose,
}: {
  readonly tracedID: string
  readonly onClose: () => void
}) {
  return (
    <SideSheet title={consoleWords.deliveries.trace} lead={<code>{tracedID}</code>} onClose={onClose}>
      <DeliveryTrace of={{ TracedID: tracedID }} withHeading={false} />
    </SideSheet>
  )
}
