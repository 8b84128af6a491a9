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
  {
    name: 'db backup',
    summary: 'makes an encrypted copy of the register now; with --list, shows the copies there are',
    options: { list: { type: 'boolean' } },
    async run(context) {
      const [{ listBackups, makeBackup }, { openDisk }, { openRegister }] = await Promise.all([
        import('#electron/worker/store/backups.ts'), import('#electron/worker/store/disk.ts'), import('./openRegister.ts'),
      ])
      const line = ({ at, file, bytes }: { at: string; file: string; bytes: number }): string => `${at}  ${(bytes / 1e6).toFixed(1)} MB  ${file}`
      if (context.options['list'] === true) {
        const backups = listBackups(context.dataDir)
        return ok({ json: { backups }, text: backups.length === 0 ? 'no backup yet' : backups.map(line).join('\n') })
      }
      const register = await openRegister(context)
      if (!register.ok) return register
      const { store, close } = register.value
      const made = makeBackup(store, context.dataDir, new Date(), { free: openDisk(context.dataDir).free(), reserve: 0 })
      close()
      return made.ok ? ok({ json: made.value, text: line(made.value) }) : made
    },
  },
  {
    name: 'db restore',
    usage: 'FILE',
    summary: 'checks a backup and puts it in the place of the register, which is set aside; an older one is in quarantine afterwards',
    async run(context) {
      const { restoreRegister } = await import('./restoreRegister.ts')
      return restoreRegister(context)
    },
  },
]
