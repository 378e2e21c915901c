/** A bell, struck through where it does not ring; drawn like the other icons, and fetched with the watch only. */
export function Bell({ off }: { readonly off: boolean }) {
  return (
    <svg viewBox="0 0 20 20" width={18} height={18} aria-hidden="true" fill="none" stroke="currentColor">
      <path
        d="M10 3.200a4.500 4.500 0 0 0-4.500 4.500c0 3.500-1.500 4.800-1.500 5.800h12c0-1-1.500-2.300-1.500-5.800A4.500 4.500 0 0 0 10 3.200ZM8.300 16a1.800 1.800 0 0 0 3.400 0"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {off && <path d="M3.500 3.500l13 13" strokeWidth={1.5} strokeLinecap="round" />}
    </svg>
  )
}
