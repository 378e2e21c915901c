import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { useTwoPersons } from '../../../../components/corrections/use-correct.ts'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { DirectionMark, personLabel } from '../../../../components/punches/punch-marks.tsx'
import { count } from '../../../../format/number.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { correctionWords } from '../../../../words/corrections.ts'
import { words } from '../../../../words/index.ts'
import { AffectedPeople } from './affected-people.tsx'
import styles from './repair.module.css'

type Proposal = OperationAnswer<'attendance.proposeRepair'>
type Likely = Proposal['Punches'][number]

const keyOf = (punch: Likely) => `${punch.EmployeeCode} ${punch.LocalTime} ${punch.Direction}`

/** Who was probably there, to be chosen one by one, and one reason for all of them. */
export function ProposalPanel({
  proposal,
  input,
}: {
  readonly proposal: Proposal
  readonly input: Omit<OperationInput<'attendance.acceptRepair'>, 'Reason' | 'Punches'>
}) {
  const w = reviewWords.repair
  const { Punches, LabelName, Considered, Affected } = proposal
  // What was chosen by hand: it outlives a proposal that comes anew with every punch.
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [reason, setReason] = useState('')
  const needsTwo = useTwoPersons()
  const accept = useMutation(operationMutation('attendance.acceptRepair'))
  const isTaken = (punch: Likely) => turned.get(keyOf(punch)) ?? isTakenAtFirst(punch)
  const chosen = Punches.filter(isTaken)
  const turn = (punch: Likely) => setTurned(old => new Map([...old, [keyOf(punch), !isTaken(punch)]]))
  const take = (wanted: (punch: Likely) => boolean) =>
    setTurned(new Map(Punches.map(punch => [keyOf(punch), !punch.Estimated && wanted(punch)])))
  const why =
    chosen.length === 0 ? w.noneTaken : reason.trim().length < 3 ? correctionWords.reasonMissing : undefined
  return (
    <Panel
      title={w.who}
      note={w.whoNote(count(Punches.length), count(Considered))}
      actions={
        <span className={styles.buttons}>
          <Button size="small" look="quiet" onClick={() => take(() => true)}>
            {w.all}
          </Button>
          <Button size="small" look="quiet" onClick={() => take(({ Strong }) => Strong)}>
            {w.strong}
          </Button>
          {Affected !== null && (
            <Button size="small" look="quiet" onClick={() => take(punch => punch.Affected)}>
              {w.affectedOnly}
            </Button>
          )}
        </span>
      }
    >
      <div className={styles.form}>
        {Affected && <AffectedPeople affected={Affected} />}
        <DataTable
          label={w.table}
          columns={columns(isTaken, turn)}
          rows={Punches}
          rowKey={keyOf}
          rowHeight={44}
          height="46vh"
        />
        <Field label={correctionWords.reason} hint={correctionWords.reasonHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              maxLength={500}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </Field>
        <div>
          <HoldButton
            look="primary"
            icon="check"
            label={
              needsTwo ? `${correctionWords.propose} ${count(chosen.length)}` : w.accept(count(chosen.length))
            }
            action={w.acceptAction(count(chosen.length), LabelName)}
            busy={accept.isPending}
            disabledWhy={why}
            onConfirm={idempotencyKey =>
              accept.mutate(
                {
                  input: {
                    ...input,
                    Reason: reason.trim(),
                    Punches: chosen.map(({ EmployeeCode, LocalTime, Direction }) => ({
                      EmployeeCode,
                      LocalTime,
                      Direction,
                    })),
                  },
                  idempotencyKey,
                },
                { onSuccess: () => setTurned(new Map(Punches.map(punch => [keyOf(punch), false]))) },
              )
            }
          />
        </div>
        {accept.isSuccess && (
          <p className={styles.ok} role="status">
            {w.accepted(count(accept.data.body.Repair.Punches))}
          </p>
        )}
        {accept.isError && (
          <p className={styles.fault} role="alert">
            {words.errors[errorTextKey(accept.error)].title}. {errorDetail(accept.error)}
          </p>
        )}
      </div>
    </Panel>
  )
}

/** What is sure by itself, and whom the incident counts as touched; nothing twice. */
function isTakenAtFirst({ Strong, Affected, Estimated }: Likely): boolean {
  return !Estimated && (Strong || Affected)
}

function columns(isTaken: (punch: Likely) => boolean, turn: (punch: Likely) => void): Column<Likely>[] {
  const w = reviewWords.repair
  const when = (punch: Likely) => `${wallDayShort(punch.LocalTime)} ${punch.LocalTime.slice(11, 16)}`
  return [
    {
      id: 'take',
      header: w.take,
      width: '56px',
      cell: punch => (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={w.takeOf(personLabel(punch), when(punch))}
          checked={isTaken(punch)}
          onChange={() => turn(punch)}
        />
      ),
    },
    { id: 'who', header: reviewWords.inbox.person, width: 'minmax(140px, 1.2fr)', cell: personLabel },
    {
      id: 'when',
      header: reviewWords.inbox.day,
      width: '150px',
      cell: punch => <span className={styles.when}>{when(punch)}</span>,
    },
    {
      id: 'direction',
      header: reviewWords.inbox.times,
      width: '90px',
      cell: punch => <DirectionMark direction={punch.Direction} />,
    },
    {
      id: 'why',
      header: w.why,
      width: 'minmax(220px, 2.4fr)',
      cell: punch => <span className={styles.quiet}>{reasonsOf(punch)}</span>,
    },
  ]
}

function reasonsOf(punch: Likely): string {
  const w = reviewWords.repair
  return [
    ...(punch.Estimated ? [w.estimatedAlready] : []),
    punch.Basis === 'plan' ? w.plan : w.usual,
    ...(punch.HalfHere ? [w.half] : []),
    ...(punch.SeenAt && punch.SeenTime ? [w.seen(punch.SeenAt, punch.SeenTime.slice(11, 16))] : []),
    ...(punch.Affected && punch.Basis === 'plan' ? [w.usuallyThen] : []),
    ...(punch.Share === null ? [] : [w.share(`${Math.round(punch.Share * 100)} %`)]),
  ].join(', ')
}
