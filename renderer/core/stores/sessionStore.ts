import { defineStore, type Pinia } from 'pinia'

const forgetters = new Map<string, (pinia: Pinia) => void>()

/**
 * A store of what a person does, as pinia's `defineStore` with a set-up. It ends when somebody else signs in at this
 * window: what it held, watched and heard is gone with it. What stands for the counter itself (`core/stores`) is a
 * plain store, and says by itself what of it belongs to a person.
 */
export function defineSessionStore<Id extends string, SS>(id: Id, setup: () => SS) {
  const use = defineStore(id, setup)
  forgetters.set(id, (pinia) => {
    if (!(id in pinia.state.value)) return
    use(pinia).$dispose()
    // Pinia would fill the next store of this name with what it finds here.
    Reflect.deleteProperty(pinia.state.value, id)
  })
  return use
}

/** Ends every store of a person. */
export const forgetPerson = (pinia: Pinia): void => {
  for (const forget of forgetters.values()) forget(pinia)
}
