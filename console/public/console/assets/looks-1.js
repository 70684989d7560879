// Before the first paint, so that no page flashes in the wrong theme. Its name changes with it: it is kept for a year.
try {
  const { theme, direction } = JSON.parse(localStorage.getItem('rollcall-preferences') ?? '{}')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (direction === 'rtl') document.documentElement.dir = 'rtl'
} catch {
  // Without storage, or with something else in it, the system decides.
}
