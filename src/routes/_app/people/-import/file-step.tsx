import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './import.module.css'
import type { SheetTable } from './read-table.ts'

export interface ChosenFile {
  readonly name: string
  readonly table: SheetTable
}

/** Reads the file in this browser; what reads it is fetched only now. */
export function FileStep({ onChosen }: { readonly onChosen: (file: ChosenFile) => void }) {
  const w = peopleWords.importing
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const read = useMutation({
    mutationFn: async (file: File) => {
      const { readTable } = await import('./read-table.ts')
      const table = await readTable(file)
      if (table.rows.length === 0) throw new Error(w.empty)
      return { name: file.name, table }
    },
    onSuccess: onChosen,
  })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) read.mutate(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a short cut of the button inside
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept=".csv,.txt,.tsv,.xlsx,text/csv"
        tabIndex={-1}
        aria-label={w.choose}
        onChange={event => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) read.mutate(file)
        }}
      />
      <Button look="primary" size="large" busy={read.isPending} onClick={() => input.current?.click()}>
        {read.isPending ? w.reading : w.choose}
      </Button>
      <p className={styles.note}>{w.drop}</p>
      <p className={styles.note}>{w.accepts}</p>
      {read.isError && (
        <p className={styles.failed} role="alert">
          {w.failed}: {read.error.message}
        </p>
      )}
    </div>
  )
}
