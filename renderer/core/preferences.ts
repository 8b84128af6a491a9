import { ref, type Ref } from 'vue'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

const themeKey = 'guichet.theme'
const moreContrast = '(prefers-contrast: more)'

/**
 * The appearance of this window; `system` follows light and dark by itself, and contrast where the system asks for more
 * of it.
 */
export function createTheme(): Ref<Theme> {
  const asked = __DEMO__ ? new URLSearchParams(location.search).get('theme') : null
  const stored = asked ?? localStorage.getItem(themeKey)
  const theme = ref<Theme>(themes.find((one) => one === stored) ?? 'system')
  showTheme(theme.value)
  // The system may be asked for it while the window is open.
  matchMedia(moreContrast).addEventListener('change', () => {
    showTheme(theme.value)
  })
  return theme
}

/** Draws a theme and remembers it. */
export function chooseTheme(theme: Ref<Theme>, chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(themeKey, chosen)
  showTheme(chosen)
}

const showTheme = (theme: Theme): void => {
  const shown = theme === 'system' && matchMedia(moreContrast).matches ? 'contrast' : theme
  if (shown === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = shown
}
