/**
 * What an error log says, in words; null for codes nobody has documented. Layout: D the terminal or S its server, two
 * digits for the module, `E`, a number. iclock-push 5.7 [SEC29][ATT58]; vectors T42, A35.
 */
export function errorMeaning(code: string): string | null {
  return MEANINGS.get(code.toUpperCase()) ?? moduleMeaning(code.toUpperCase())
}

/** True where the code says that nothing went wrong. */
export function isNoError(code: string): boolean {
  return /^0+$/.test(code)
}

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['D01E0001', 'no face was found in the photo'],
  ['D01E0002', 'the face in the photo is covered'],
  ['D01E0003', 'the photo is not clear enough'],
  ['D01E0004', 'the face in the photo is turned too far'],
  ['D01E0005', 'the photo did not pass the liveness check'],
  ['D01E0006', 'no template could be made from the photo'],
])

const MODULES: ReadonlyMap<string, string> = new Map([
  ['01', 'push'],
  ['02', 'template'],
  ['03', 'hardware'],
  ['04', 'pull'],
  ['05', 'standalone'],
  ['06', 'relay'],
  ['07', 'licence'],
])

function moduleMeaning(code: string): string | null {
  const [, origin, module = '', number = ''] = /^([DS])(\d{2})E(\d{4})$/.exec(code) ?? []
  const name = MODULES.get(module)
  if (name === undefined) return null
  return `${name} error ${Number(number)} of the ${origin === 'D' ? 'terminal' : 'server'}`
}
