import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
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
      const [{ verifyJournal }, { journalLinks }, { brokenAnchor }, { counterPublicKeys }] = await Promise.all([
        import('#electron/worker/journal/verify.ts'), import('#electron/worker/store/journalRows.ts'), import('#electron/worker/journal/anchor.ts'),
        import('#electron/worker/keys/counterKey.ts'),
      ])
      const { store, counter, close } = register.value
      const verified = verifyJournal(counter, journalLinks(store.db))
      const broken = brokenAnchor(counter, journalLinks(store.db), counterPublicKeys(store.db, counter))
      close()
      if (!verified.ok) return verified
      if (broken !== undefined) return err(faultOf('journal.broken', `link ${String(broken)}: not an anchor of this counter`, { seq: broken }))
      const { links, head } = verified.value
      return ok({ json: { counter, links, head }, text: `${counter}: ${String(links)} links hold, head ${head}` })
    },
  },
  {
    name: 'journal export',
    summary: 'the whole journal as JSON Lines, for an auditor; --out writes it to a file',
    options: { out: { type: 'string' } },
    async run(context) {
      const [{ openRegister }, { journalLines }, { writeFileSync }] = await Promise.all([
        import('./openRegister.ts'), import('#electron/worker/usecases/exportJournal.ts'), import('node:fs'),
      ])
      const register = await openRegister(context)
      if (!register.ok) return register
      const { store, counter, close } = register.value
      const exported = journalLines(store.db, counter, new Date().toISOString())
      close()
      if (!exported.ok) return exported
      const { bytes, links, head } = exported.value
      const { out } = context.options
      if (typeof out !== 'string') return ok({ json: { links, head, lines: new TextDecoder().decode(bytes).trim().split('\n').map((line) => JSON.parse(line) as unknown) }, text: new TextDecoder().decode(bytes).trim() })
      try {
        writeFileSync(out, bytes, { mode: 0o600 })
      } catch (cause) {
        return err(faultOf('file.unwritable', cause instanceof Error && 'code' in cause ? String(cause.code) : out))
      }
      return ok({ json: { file: out, links, head }, text: `${out}: ${String(links)} links, head ${head}` })
    },
  },
]

/** `guichet db check`: every page of the file, and how it is kept. */
export const databaseCommands: readonly Command[] = [
  {
    name: 'db check',
    summary: "checks every page of the register's file",
    async run(context) {
      const { openRegister } = await import('./openRegister.ts')
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
