import { computed, inject, type InjectionKey, type Ref, type WritableComputedRef } from 'vue'
import { chooseTheme, type Theme } from './preferences.ts'

export const themeKey: InjectionKey<Ref<Theme>> = Symbol('theme')

/** The appearance of the window; setting it draws and remembers it. */
export function useTheme(): WritableComputedRef<Theme> {
  const theme = inject(themeKey)
  if (theme === undefined) throw new TypeError('the theme is not provided')
  return computed({
    get: () => theme.value,
    set: (chosen) => {
      chooseTheme(theme, chosen)
    },
  })
}
