import { afterEach, beforeEach } from 'vitest'
import type { Issuing } from '#electron/worker/core/deposit/issuing.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { issuingOver } from './deposits.ts'
import { openTestStore, temporaryFolder } from './register.ts'

interface OwnRegister {
  readonly store: Store
  readonly issuing: Issuing
}

/**
 * A register of its own for each test of a file, in which acts are done; gone after it.
 * @param use is handed it before the test
 */
export function issuingForEach(use: (own: OwnRegister) => void): void {
  let end = (): void => {}
  beforeEach(() => {
    const folder = temporaryFolder()
    const store = openTestStore(folder.path)
    end = () => {
      store.close()
      folder.remove()
    }
    use({ store, issuing: issuingOver(store) })
  })
  afterEach(() => {
    end()
  })
}
