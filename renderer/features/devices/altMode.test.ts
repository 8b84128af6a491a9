import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { speak } from '../../core/i18n/language.ts'
import CodeReaderList from './CodeReaderList.vue'

enableAutoUnmount(afterEach)
afterEach(() => speak('fr'))

it.each(['fr', 'ar', 'en'] as const)(
  'a desk that sees no code reader says that codes typed with Alt are not heard (%s)',
  async (language) => {
    await speak(language)
    expect(mount(CodeReaderList, { props: { readers: [] } }).text()).toContain('ALT')
  },
)
