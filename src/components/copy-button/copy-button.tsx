import { useEffect, useState } from 'react'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { copyText } from './copy-text.ts'

const saidMs = 2000

/** Copies a text and says whether that worked. */
export function CopyButton({
  label,
  text,
  size = 'small',
}: {
  readonly label: string
  readonly text: string
  readonly size?: 'small' | 'medium'
}) {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), saidMs)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => setSaid((await copyText(text)) ? 'copied' : 'failed')
  return (
    <>
      <Button size={size} icon={said === 'copied' ? 'check' : 'copy'} onClick={() => void copy()}>
        {said === null ? label : words.parts.copy[said]}
      </Button>
      <span className="visually-hidden" role="status">
        {said !== null && words.parts.copy[said]}
      </span>
    </>
  )
}
