import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The sheet of a deposit names its number in the address: it is found once, now or when the page is there already. */
export function useAskedNumber(find: (number: string) => Promise<void>): { readonly take: () => Promise<void> } {
  const [route, router] = [useRoute(), useRouter()]
  const take = async (): Promise<void> => {
    const { number } = route.query
    if (typeof number !== 'string') return
    void router.replace({ name: 'corrections' })
    await find(number)
  }
  watch(
    () => route.query['number'],
    () => void take(),
  )
  return { take }
}
