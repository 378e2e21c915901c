import { type ChangeEvent, type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from 'react'

export interface Option {
  readonly value: string
  readonly label: string
  /** Said beside it, and searched as well: a serial number, a code. */
  readonly note?: string
}

const shownMax = 50

/** State and keys of a combobox: what is typed, what is open, which option is under the arrow keys. */
export function useCombobox({
  options,
  shownValue,
  free,
  clearable,
  busy,
  searched,
  onOpen,
  onSearch,
  onChoose,
}: {
  readonly options: readonly Option[]
  readonly shownValue: string
  /** Text that is not in the list may be taken. */
  readonly free: boolean
  /** An emptied field means nothing is chosen; otherwise it means the typist left off. */
  readonly clearable: boolean
  /** The options still answer an earlier text. */
  readonly busy: boolean
  /** The options are already the answer to what is typed. */
  readonly searched: boolean
  readonly onOpen: (() => void) | undefined
  readonly onSearch: ((text: string) => void) | undefined
  readonly onChoose: (value: string) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const matching = typed === null || searched ? options : options.filter(option => fits(option, typed))
  const shown = matching.slice(0, shownMax)

  const close = () => {
    setOpen(false)
    setTyped(null)
    if (typed !== null) onSearch?.('')
  }
  const open = () => {
    setOpen(true)
    setActive(0)
    onOpen?.()
  }
  const choose = (value: string) => {
    close()
    onChoose(value)
  }
  const leave = () => (clearable && typed?.trim() === '' ? choose('') : close())
  const move = (step: number) => {
    if (!isOpen) return open()
    setActive(Math.max(0, Math.min(shown.length - 1, active + step)))
  }
  const take = () => {
    const text = typed?.trim() ?? ''
    // What was typed in full is meant, even where the list starts with something else.
    const exact = shown.find(option => same(option.value, text) || same(option.label, text))
    const option = exact ?? (busy ? undefined : shown[active])
    if (option) choose(option.value)
    else if (free && text !== '') choose(text)
    else leave()
  }

  return {
    isOpen,
    active,
    shown,
    hidden: matching.length - shown.length,
    choose,
    clear: () => choose(''),
    inputProps: {
      value: typed ?? shownValue,
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        setTyped(event.target.value)
        open()
        onSearch?.(event.target.value)
      },
      onPointerDown: (event: PointerEvent<HTMLInputElement>) => {
        if (isOpen) return
        open()
        if (document.activeElement !== event.currentTarget) selectAll(event.currentTarget)
      },
      onFocus: (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
      onBlur: leave,
      onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key === 'ArrowDown') move(1)
        else if (event.key === 'ArrowUp') move(-1)
        else if (event.key === 'Enter' && isOpen) take()
        else if (event.key === 'Escape' && isOpen) close()
        else return
        // Escape closes the list only, not the sheet it is in; Enter takes an option and does not send the form.
        event.preventDefault()
        event.stopPropagation()
      },
    },
  }
}

function selectAll(input: HTMLInputElement): void {
  requestAnimationFrame(() => input.select())
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function fits(option: Option, text: string): boolean {
  const wanted = text.trim().toLowerCase().replaceAll('_', ' ')
  return `${option.label} ${option.note ?? ''} ${option.value}`
    .toLowerCase()
    .replaceAll('_', ' ')
    .includes(wanted)
}
