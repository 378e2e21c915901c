import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import { type CSSVariablesResolver, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { useScheme } from '../../scheme.ts'
import { theme } from '../../theme.ts'

/** Mantine's semantic colours are ours (styles/tokens.css); light-dark() there makes one value do for both schemes. */
const ours = {
  '--mantine-color-body': 'var(--gh-bg)',
  '--mantine-color-text': 'var(--gh-text)',
  '--mantine-color-dimmed': 'var(--gh-muted)',
  '--mantine-color-placeholder': 'var(--gh-faint)',
  '--mantine-color-error': 'var(--gh-danger)',
  '--mantine-color-anchor': 'var(--gh-accent-text)',
  '--mantine-color-default': 'var(--gh-surface)',
  '--mantine-color-default-hover': 'var(--gh-hover)',
  '--mantine-color-default-border': 'var(--gh-line-control)',
}
const resolver: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })

/**
 * Wrap what uses Mantine components in this. Not in the root on purpose: the provider and its variables cost
 * 12 kB, and the shell, the overview and the sign-in page do without.
 */
export function MantineScope({ children }: { readonly children: ReactNode }) {
  const scheme = useScheme()
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  )
}
