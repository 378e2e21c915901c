import { useMutation, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { DoorCards, doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { type Door, DoorStateBadge, doorRisk } from '../../../../components/doors/door-state.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Bone } from '../../../../components/page-states/skeleton.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './floor-plan.module.css'
import { PlanForm } from './plan-form.tsx'

type Plan = OperationAnswer<'doors.plans'>['Plans'][number]
type Place = Plan['Places'][number]

const step = 0.01

/** Doors where they are on an image, and the same as a list. */
export function FloorPlans({
  doors,
  below,
}: {
  readonly doors: readonly Door[]
  /** What can be done at a door that was chosen, besides opening it. */
  readonly below: (door: Door) => ReactNode
}) {
  const w = doorWords.plan
  const query = useQuery(operationQuery('doors.plans', {}))
  const [chosen, setChosen] = useState('')
  const mayChange = useCan('doors:schedule')
  return (
    <QueryBlock query={query} pending={<Bone height={360} />}>
      {({ Plans }) => {
        const plan = Plans.find(({ PlanID }) => PlanID === chosen) ?? Plans[0]
        return (
          <div className={styles.plans}>
            {Plans.length > 1 && (
              <select
                className="gh-select"
                aria-label={w.choose}
                value={plan?.PlanID ?? ''}
                onChange={event => setChosen(event.target.value)}
              >
                {Plans.map(({ PlanID, Name }) => (
                  <option key={PlanID} value={PlanID}>
                    {Name}
                  </option>
                ))}
              </select>
            )}
            {plan ? (
              <OnePlan key={plan.PlanID} plan={plan} doors={doors} mayChange={mayChange} below={below} />
            ) : (
              <EmptyState icon="overview" title={w.none}>
                {w.noneBody}
              </EmptyState>
            )}
            {mayChange && <PlanForm doors={doors} onSaved={setChosen} />}
          </div>
        )
      }}
    </QueryBlock>
  )
}

function OnePlan({
  plan,
  doors,
  mayChange,
  below,
}: {
  readonly plan: Plan
  readonly doors: readonly Door[]
  readonly mayChange: boolean
  readonly below: (door: Door) => ReactNode
}) {
  const w = doorWords.plan
  const image = useQuery(operationQuery('doors.planImage', { PlanID: plan.PlanID }))
  const save = useMutation(operationMutation('doors.placeDoors'))
  const remove = useMutation(operationMutation('doors.removePlan'))
  const [isEditing, setEditing] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [draft, setDraft] = useState<readonly Place[]>(plan.Places)
  const places = isEditing ? draft : plan.Places
  const byKey = new Map(doors.map(door => [doorKey(door), door]))
  const chosenDoor = chosen === null || isEditing ? undefined : byKey.get(chosen)
  const placed = new Set(places.map(({ Door: ref }) => ref))
  const rest = doors.filter(door => !placed.has(doorKey(door)))
  const move = (ref: string, X: number, Y: number) =>
    setDraft(old => old.map(place => (place.Door === ref ? { Door: ref, X: share(X), Y: share(Y) } : place)))
  const toggle = () => {
    if (isEditing) save.mutate({ input: { PlanID: plan.PlanID, Places: [...draft] } })
    else setDraft(plan.Places)
    setEditing(!isEditing)
  }
  return (
    <div className={styles.layout}>
      <div className={styles.canvas}>
        {image.data && (
          <img
            src={`data:${image.data.Type};base64,${image.data.Data}`}
            alt={w.alt(plan.Name)}
            className={styles.image}
            draggable={false}
          />
        )}
        {image.isPending && <Bone height={320} />}
        {places.map(place => (
          <Marker
            key={place.Door}
            place={place}
            door={byKey.get(place.Door)}
            onMove={isEditing ? move : undefined}
            isChosen={place.Door === chosen}
            onChoose={ref => setChosen(ref === chosen ? null : ref)}
          />
        ))}
      </div>
      <div className={styles.side}>
        {chosenDoor && <DoorCards doors={[chosenDoor]} below={below} />}
        <h3 className={styles.title}>{w.placed}</h3>
        <ul className={styles.list}>
          {places.map(place => {
            const door = byKey.get(place.Door)
            return (
              <li key={place.Door}>
                <button
                  type="button"
                  className={styles.pick}
                  aria-pressed={place.Door === chosen}
                  onClick={() => setChosen(place.Door === chosen ? null : place.Door)}
                >
                  {door ? doorName(door) : place.Door}
                </button>
                {door && <DoorStateBadge door={door} />}
                {isEditing && (
                  <Button
                    size="small"
                    look="quiet"
                    onClick={() => setDraft(draft.filter(other => other.Door !== place.Door))}
                  >
                    {w.takeOff}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
        {isEditing && (
          <>
            <p className={styles.hint}>{w.moveHint}</p>
            <h3 className={styles.title}>{w.unplaced}</h3>
            <ul className={styles.list}>
              {rest.map(door => (
                <li key={doorKey(door)}>
                  <span className={styles.name}>{doorName(door)}</span>
                  <Button
                    size="small"
                    onClick={() => setDraft([...draft, { Door: doorKey(door), X: 0.5, Y: 0.5 }])}
                  >
                    {w.place}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
        {mayChange && (
          <div className={styles.actions}>
            <Button
              size="small"
              look={isEditing ? 'primary' : 'default'}
              busy={save.isPending}
              onClick={toggle}
            >
              {isEditing ? w.done : w.edit}
            </Button>
            <HoldButton
              size="small"
              look="quiet"
              icon="trash"
              label={w.remove}
              action={w.removeAction(plan.Name)}
              busy={remove.isPending}
              onConfirm={() => remove.mutate({ input: { PlanID: plan.PlanID } })}
            />
          </div>
        )}
      </div>
    </div>
  )
}

/** A door on the image; while doors are placed it follows the pointer and the arrow keys. */
function Marker({
  place,
  door,
  onMove,
  isChosen,
  onChoose,
}: {
  readonly place: Place
  readonly door: Door | undefined
  readonly onMove: ((ref: string, x: number, y: number) => void) | undefined
  readonly isChosen: boolean
  readonly onChoose: (ref: string) => void
}) {
  const w = doorWords.plan
  const drag = useRef(false)
  const name = door ? doorName(door) : place.Door
  const follow = (event: PointerEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!drag.current || !box || !onMove) return
    onMove(place.Door, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[
      event.key
    ]
    if (!by || !onMove) return
    event.preventDefault()
    onMove(place.Door, place.X + (by[0] ?? 0), place.Y + (by[1] ?? 0))
  }
  const percent = (value: number) => String(Math.round(value * 100))
  return (
    <button
      type="button"
      className={styles.marker}
      data-risk={door ? doorRisk(door) : 'unknown'}
      data-moving={onMove ? true : undefined}
      // From the image's own left: a plan is not mirrored with the writing.
      style={{ left: `${place.X * 100}%`, top: `${place.Y * 100}%` }}
      aria-pressed={onMove ? undefined : isChosen}
      aria-label={onMove ? `${name}, ${w.at(percent(place.X), percent(place.Y))}` : name}
      title={name}
      onPointerDown={event => {
        if (!onMove) return
        drag.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        drag.current = false
      }}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (!onMove) onChoose(place.Door)
      }}
    >
      <span aria-hidden="true" className={styles.dot} />
      <span aria-hidden="true" className={styles.label}>
        {name}
      </span>
    </button>
  )
}

function share(value: number): number {
  return Math.min(1, Math.max(0, Math.round(value * 1000) / 1000))
}
