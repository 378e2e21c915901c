import { useState } from 'react'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { PeopleTabs } from '../-nav/people-tabs.tsx'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { DoneStep, type Imported } from './done-step.tsx'
import { type ChosenFile, FileStep } from './file-step.tsx'
import styles from './import.module.css'
import type { ImportRow } from './rows.ts'

type Step = 'file' | 'columns' | 'check' | 'done'
const steps: readonly Step[] = ['file', 'columns', 'check', 'done']

interface Prepared {
  readonly rows: readonly ImportRow[]
  readonly terminals: readonly string[]
}

/** A list from elsewhere, step by step. Until the last one nothing is written. */
export function ImportPage() {
  const w = peopleWords.importing
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [prepared, setPrepared] = useState<Prepared | null>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const step: Step = imported ? 'done' : prepared ? 'check' : file ? 'columns' : 'file'
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <PeopleTabs current="import" />
      <ol className={styles.steps}>
        {steps.map((each, at) => (
          <li key={each} aria-current={each === step ? 'step' : undefined}>
            {at + 1}. {w.steps[each]}
          </li>
        ))}
      </ol>
      {step === 'file' && <FileStep onChosen={setFile} />}
      {file && step !== 'file' && (
        // The choice of columns stays while the rows are looked at, so that going back loses nothing.
        <div hidden={step !== 'columns'}>
          <ColumnsStep
            key={file.name}
            file={file}
            onReady={(rows, terminals) => setPrepared({ rows, terminals })}
            onBack={() => setFile(null)}
          />
        </div>
      )}
      {step === 'check' && prepared && (
        <CheckStep
          rows={prepared.rows}
          terminals={prepared.terminals}
          onBack={() => setPrepared(null)}
          onDone={setImported}
        />
      )}
      {imported && <DoneStep imported={imported} />}
    </>
  )
}
