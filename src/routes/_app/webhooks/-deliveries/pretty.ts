/** JSON with a line for each field; other text as it is, form fields one a line. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return /^[\w.]+=[^\s]*$/.test(text) ? text.replaceAll('&', '\n&') : text
  }
}
