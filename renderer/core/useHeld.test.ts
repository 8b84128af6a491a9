import { ref } from 'vue'
import { expect, it } from 'vitest'
import { useHeld } from './useHeld.ts'

it('is what is there now, and what was there when a decision was begun until it ends', () => {
  const [list, deciding] = [ref(['a']), ref(false)]
  const first = useHeld(
    () => list.value[0],
    () => deciding.value,
  )
  list.value = ['b', 'a']
  expect(first.value).toBe('b')
  deciding.value = true
  list.value = ['c', 'b', 'a']
  expect(first.value).toBe('b')
  list.value = []
  expect(first.value).toBe('b')
  deciding.value = false
  expect(first.value).toBeUndefined()
})

it('holds that nothing was there, too', () => {
  const [list, deciding] = [ref<string[]>([]), ref(true)]
  const first = useHeld(
    () => list.value[0],
    () => deciding.value,
  )
  list.value = ['a']
  expect(first.value).toBeUndefined()
})
