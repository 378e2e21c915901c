// Runs before the first paint: the chosen scheme, so that no page flashes white, and no shell behind the sign-in form.
;(() => {
  let chosen = 'auto'
  try {
    chosen = localStorage.getItem('gatehouse-scheme') || 'auto'
  } catch {
    // Storage is blocked; the system's scheme it is.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  if (location.pathname === '/login') document.documentElement.setAttribute('data-bare', '')
})()
