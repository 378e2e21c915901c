import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import type { Punch } from '../../../../components/punches/punch-marks.tsx'
import { attendanceWords } from '../../../../words/attendance.ts'
import { words } from '../../../../words/index.ts'
import styles from './punch-proof.module.css'

/** The photo of a punch, fetched when somebody wants to see it: every look is written down, so none happens by itself. */
export function PunchPhoto({
  punch,
  isSmall = false,
}: {
  readonly punch: Pick<Punch, 'DeviceSN' | 'EmployeeCode' | 'AttendanceLog'>
  /** One of several in a list: without a heading, and the note only where it says what went wrong. */
  readonly isSmall?: boolean
}) {
  const w = attendanceWords.sheet
  const [isAsked, setAsked] = useState(false)
  const { DeviceSN, EmployeeCode, AttendanceLog } = punch
  const { data, error, isFetching, refetch } = useQuery({
    ...operationQuery('attendance.photo', { DeviceSN, EmployeeCode, AttendanceLog }),
    enabled: isAsked,
    // News of other punches must not look again.
    staleTime: 'static',
  })
  return (
    <section>
      {!isSmall && <h3 className={styles.heading}>{w.photo}</h3>}
      {data ? (
        <img
          className={styles.photo}
          alt={w.photoAlt}
          src={`data:image/${data.Photo.Type === 'png' ? 'png' : 'jpeg'};base64,${data.Photo.Data}`}
        />
      ) : (
        <Button
          icon="eye"
          size={isSmall ? 'small' : 'medium'}
          title={w.showPhotoWhy}
          busy={isFetching}
          onClick={() => (isAsked ? void refetch() : setAsked(true))}
        >
          {w.showPhoto}
        </Button>
      )}
      <p className={styles.note} role="status">
        {error ? words.errors[errorTextKey(error)].title : isSmall ? null : w.showPhotoWhy}
      </p>
    </section>
  )
}
