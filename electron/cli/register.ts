import { ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet journal verify`: the whole chain. */
export const journalCommands: readonly Command[] = [
  {
    name: 'journal verify',
    summary: 'walks the whole journal and names the first link that is changed, missing or out of its place',
    async run(context) {
      const { openRegister } = await import('./openRegister.ts')
      const register = await openRegister(context)
      if (!register.ok) return register
      const [{ verifyJournal }, { journalLinks }] = await Promise.all([
        import('#electron/worker/journal/verify.ts'), import('#electron/worker/store/journalRows.ts'),
      ])
      const { store, counter, close } = register.value
      const verified = verifyJournal(counter, journalLinks(store.db))
      close()
      if (!verified.ok) return verified
      const { links, head } = verified.value
      return ok({ json: { counter, links, head }, text: `${counter}: ${String(links)} links hold, head ${head}` })
    },
  },
]

/** `guichet db check`: every page of the file, and how it is kept. */
export const databaseCommands: readonly Command[] = [
  {
    name: 'db check',
    summary: "checks every page of the register's file",
    async run(context) {
      const [{ openRegister }, { err }, { faultOf }] = await Promise.all([
        import('./openRegister.ts'), import('#shared/result.ts'), import('#shared/fault.ts'),
      ])
      const register = await openRegister(context)
      if (!register.ok) return register
      const { store, close } = register.value
      const [wrong, facts] = [store.check(), store.facts()]
      close()
      if (wrong.length > 0) return err(faultOf('register.corrupt', wrong.slice(0, 5).join('; ')))
      return ok({
        json: { ok: true, ...facts },
        text: `sound: shape ${String(facts.shape)}, SQLite ${facts.sqlite}, ${facts.cipher}, synchronous ${String(facts.synchronous)}`,
      })
    },
  },
]
