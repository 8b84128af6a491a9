import { shallowRef } from 'vue'
import type { Out } from '#shared/contract/calls.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import type { Source } from './stackDocument.ts'

export type Picture = Result<Out<'mail.picture'>>
/** Pictures that are kept, at less than 2 MB each: back and forth within a letter is at once. */
const most = 12

/** The pages that were looked at last; gone with whoever looked. */
export const useStackPictures = defineSessionStore('mailStackPictures', () => {
  const bridge = useBridge()
  const kept = shallowRef<ReadonlyMap<string, Picture>>(new Map())
  return {
    of: async (source: Source, page: number): Promise<Picture> => {
      const key = `${String(source.id)} ${String(page)}`
      const known = kept.value.get(key)
      if (known !== undefined) return known
      const drawn = await bridge.call('mail.picture', { bytes: source.bytes, page })
      if (drawn.ok) kept.value = new Map([...[...kept.value].slice(1 - most), [key, drawn]])
      return drawn
    },
  }
})
