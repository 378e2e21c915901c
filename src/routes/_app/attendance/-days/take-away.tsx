import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../../api/client.ts'
import { Button } from '../../../../components/button/button.tsx'
import { ExportFiles } from '../../../../components/export-button/export-button.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './days-bar.module.css'
import type { DaysInput, DaysSearch } from './search.ts'

/** The days as files, with the filters of the page, and as a sheet to print. */
export function TakeAway({ input, search }: { readonly input: DaysInput; readonly search: DaysSearch }) {
  const w = daysWords.takeAway
  const [isOpen, setOpen] = useState(false)
  const [content, setContent] = useState<'days' | 'summary'>('days')
  const { Limit: _, ...asked } = input
  const { who: _who, day: _day, explain: _explain, now: _now, ...shown } = search
  if (!isOpen)
    return (
      <Button icon="download" aria-expanded={false} onClick={() => setOpen(true)}>
        {w.open}
      </Button>
    )
  return (
    <div className={styles.menu}>
      <Segmented
        label={w.content}
        value={content}
        options={[
          { value: 'days', label: w.days },
          { value: 'summary', label: w.summary },
        ]}
        onChange={setContent}
      />
      <ExportFiles
        formats={['csv', 'xlsx', 'pdf']}
        hrefOf={Format => client.fileUrl('attendance.exportDays', { ...asked, Content: content, Format })}
      />
      <Link to="/attendance/sheet" search={shown} className={styles.sheetLink}>
        {daysWords.grid.printSheet}
      </Link>
      <Button look="quiet" icon="cross" aria-label={w.close} onClick={() => setOpen(false)} />
    </div>
  )
}
