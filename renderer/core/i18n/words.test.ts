import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import { compileTexts } from './compile.ts'
import { currentLanguage, speak } from './language.ts'
import { useWords } from './useWords.ts'
import { words } from './words.ts'

afterEach(async () => {
  await speak('fr')
})

/** Words of a room as the build would hand them over, and which files were read. */
const room = async () => {
  const read: string[] = []
  const file =
    <T extends Parameters<typeof compileTexts>[0]>(language: string, texts: T) =>
    (): Promise<{ default: T }> => {
      read.push(language)
      // What the build puts in place of the tree has another shape than the tree.
      return Promise.resolve({ default: compileTexts(texts) as unknown as T })
    }
  const own = await words({
    fr: file('fr', { title: 'Courrier', kept: { by: 'Gardé par {who}' }, left: '{n} lettre | {n} lettres' }),
    ar: file('ar', {
      title: 'البريد',
      kept: { by: 'محفوظ عند {who}' },
      left: 'لا رسالة | رسالة واحدة | رسالتان | {n} رسائل | {n} رسالة | {n} رسالة',
    }),
    en: file('en', { title: 'Mail', kept: { by: 'Kept by {who}' }, left: '{n} letter | {n} letters' }),
    zgh: file('zgh', { title: 'ⵜⴰⴱⵔⴰⵜ' }),
  })
  const screen = mount({
    setup: () => {
      const { t } = useWords(own)
      return () => h('p', [t('title'), t('kept.by', { who: 'A' }), t('left', { n: 2 }), t('ui.cancel')].join(' · '))
    },
  })
  return { own, read, screen }
}

describe('the words of a room', () => {
  it('are read in the language of the page only, the others when they are chosen, each once', async () => {
    const { read } = await room()
    expect(read).toEqual(['fr'])
    await speak('ar')
    await speak('fr')
    await speak('ar')
    expect(read).toEqual(['fr', 'ar'])
  })

  it('turn with the page at once, with those that all rooms share', async () => {
    const { screen } = await room()
    expect(screen.text()).toBe('Courrier · Gardé par \u2068A\u2069 · 2 lettres · Annuler')
    await speak('ar')
    await nextTick()
    expect(screen.text()).toBe('البريد · محفوظ عند \u2068A\u2069 · رسالتان · إلغاء')
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
  })

  it('let French stand in where Amazigh has no confirmed word, and say so', async () => {
    await speak('zgh')
    const { own, read, screen } = await room()
    expect(read.toSorted()).toEqual(['fr', 'zgh'])
    expect(screen.text()).toBe('ⵜⴰⴱⵔⴰⵜ · Gardé par \u2068A\u2069 · 2 lettres · Annuler')
    expect(own.find('title', 'zgh').writtenIn).toBe('zgh')
    expect(own.find('left', 'zgh').writtenIn).toBe('fr')
  })

  it('know what they have', async () => {
    const { own } = await room()
    expect(['title', 'kept.by', 'kept', 'toString', ''].map((key) => own.has(key))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('that come while the language is being chosen speak the new one', async () => {
    const turning = speak('en')
    const coming = room()
    await turning
    const { screen } = await coming
    await nextTick()
    expect(screen.text()).toBe('Mail · Kept by \u2068A\u2069 · 2 letters · Cancel')
  })
})

it('of two choices in a row the last one holds', async () => {
  await Promise.all([speak('ar'), speak('en')])
  expect(currentLanguage.value).toBe('en')
  await Promise.all([speak('en'), speak('fr')])
  expect(document.documentElement.lang).toBe('fr')
})
