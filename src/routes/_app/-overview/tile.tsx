import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Freshness } from '../../../components/freshness/freshness.tsx'
import { Bone } from '../../../components/page-states/skeleton.tsx'
import { overviewWords } from '../../../words/overview.ts'
import styles from './tiles.module.css'

/** A number with what it is, how old it is, and where it leads. */
export function Tile({
  label,
  query,
  value,
  attention = false,
  children,
  ...link
}: {
  readonly label: string
  readonly query: { readonly data: unknown; readonly isError: boolean; readonly dataUpdatedAt: number }
  readonly value: string | undefined
  readonly attention?: boolean
  readonly children?: ReactNode
} & Pick<LinkProps, 'to' | 'search'>) {
  const isMissing = query.data === undefined
  return (
    <Link {...link} className={styles.tile} data-attention={attention || undefined}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        {isMissing ? query.isError ? '–' : <Bone width="56px" height={22} /> : value}
      </span>
      <span className={styles.hint}>
        {isMissing ? query.isError && overviewWords.tiles.notKnown : children}
      </span>
      <Freshness updatedAt={query.dataUpdatedAt} />
    </Link>
  )
}
