import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Ink blue. Shade 6 carries white text at 6.3:1, shade 5 at 5.1:1; Mantine's own blue stops at 3.5:1. */
const accent: MantineColorsTuple = [
  '#eef2fd',
  '#dbe4fb',
  '#b5c7f6',
  '#8ca8f2',
  '#6488ea',
  '#3f68dd',
  '#2b57d0',
  '#2349b3',
  '#1d3d96',
  '#17317a',
]

const gray: MantineColorsTuple = [
  '#f7f7f8',
  '#f0f0f2',
  '#e4e4e8',
  '#d2d2d8',
  '#b3b4bc',
  '#8b8d96',
  '#63656e',
  '#4a4c54',
  '#2f3036',
  '#1b1c20',
]

const dark: MantineColorsTuple = [
  '#ececef',
  '#b9bbc3',
  '#9a9da6',
  '#6f727b',
  '#3a3b42',
  '#2a2b30',
  '#1d1e22',
  '#17181b',
  '#0f1012',
  '#0a0b0c',
]

/** One accent, quiet greys, 13 px body: the scale lives here and in styles/tokens.css, nowhere else. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, gray, dark },
  black: '#1b1c20',
  fontFamily: 'var(--gh-font)',
  fontFamilyMonospace: 'var(--gh-mono)',
  fontSizes: { xs: '11.5px', sm: '13px', md: '13.5px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  headings: { fontFamily: 'var(--gh-font)', fontWeight: '600' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
  },
})
