/** Puts text on the clipboard; false if the browser will not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // On a plain-http address of a LAN there is no clipboard object; the old way still works there.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  // Inside an open modal dialog everything else is inert, and inert text cannot be selected.
  const place = document.activeElement?.closest('dialog') ?? document.body
  const back = document.activeElement
  place.append(area)
  area.select()
  const worked = document.execCommand('copy')
  area.remove()
  if (back instanceof HTMLElement) back.focus({ preventScroll: true })
  return worked
}
