import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { operationQuery } from '../../api/query.ts'
import styles from './avatar.module.css'
import { initials } from './full-name.ts'

/** A row has to stay this long before its face is fetched: each look at one goes on record. */
const restMs = 400

interface Shown {
  readonly EmployeeCode: string
  readonly FirstName: string
  readonly LastName: string
}

/** Initials in a circle; the portrait where `withPhoto` says that it may and shall be looked at. */
export function Avatar({
  person,
  withPhoto = false,
  size = 'small',
}: {
  readonly person: Shown
  readonly withPhoto?: boolean
  readonly size?: 'small' | 'large'
}) {
  const [isRested, setRested] = useState(false)
  useEffect(() => {
    if (!withPhoto) return
    const timer = setTimeout(() => setRested(true), restMs)
    return () => clearTimeout(timer)
  }, [withPhoto])
  const { data } = useQuery({
    ...operationQuery('users.photo', { EmployeeCode: person.EmployeeCode }),
    enabled: withPhoto && isRested,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const shown = withPhoto ? data?.Photo : undefined
  return (
    <span className={styles.avatar} data-size={size} aria-hidden="true">
      {shown ? (
        <img src={`data:image/${shown.Type === 'png' ? 'png' : 'jpeg'};base64,${shown.Data}`} alt="" />
      ) : (
        initials(person)
      )}
    </span>
  )
}
