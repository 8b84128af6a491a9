import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** Between two lines of progress, in links. */
const linksTold = 100_000

/** `guichet journal …`: the whole chain, and what holds it. */
export const journalCommands: readonly Command[] = [
  {
    name: 'journal verify',
    usage: '[--statement CODE]',
    summary:
      'walks the whole journal with its signatures, countersigned heads and closings, and names the first thing that does not hold; --statement compares it with the code of a printed closing',
    options: { statement: { type: 'string' } },
    async run(context) {
      const [{ readRegister }, { verifyRegister }] = await Promise.all([
        import('./readRegister.ts'),
        import('./verifyRegister.ts'),
      ])
      const register = await readRegister(context)
      if (!register.ok) return register
      const { statement } = context.options
      const verified = verifyRegister(register.value, typeof statement === 'string' ? statement : undefined)
      register.value.close()
      return verified
    },
  },
  {
    name: 'journal export',
    usage: '--out FILE',
    summary: 'the whole journal as JSON Lines into a file, for an auditor, verified on the way',
    options: { out: { type: 'string' } },
    async run(context) {
      const { out } = context.options
      if (typeof out !== 'string' || out === '') return err(faultOf('call.invalid', '--out FILE'))
      const [{ readRegister }, { journalPieces }, { writeOut }] = await Promise.all([
        import('./readRegister.ts'),
        import('#electron/worker/features/journal/exportJournal.ts'),
        import('#electron/worker/files/writeOut.ts'),
      ])
      const register = await readRegister(context)
      if (!register.ok) return register
      const { store, counter, close } = register.value
      const onJournalProgress = ({ done, total }: { readonly done: number; readonly total: number }): void => {
        if (done % linksTold === 0) context.progress(`${String(done)} of ${String(total)} links`)
      }
      const written = await writeOut(
        out,
        journalPieces(store.db, counter, new Date().toISOString(), onJournalProgress),
        context.signal,
      )
      close()
      if (!written.ok) return written
      const { links, head } = written.value
      return ok({ json: { file: out, links, head }, text: `${out}: ${String(links)} links, head ${head}` })
    },
  },
]

const nameFault = ({ code, detail = '' }: Fault): string => `${code} ${detail}`

/** `guichet db check`: every page of the file, and how it is kept. */
export const databaseCommands: readonly Command[] = [
  {
    name: 'db check',
    summary: "checks every page of the register's file, and every file beside it",
    async run(context) {
      const [{ readRegister }, { countFaults, examineFiles }] = await Promise.all([
        import('./readRegister.ts'),
        import('#electron/worker/files/examine.ts'),
      ])
      const register = await readRegister(context)
      if (!register.ok) return register
      const { store, shape, close } = register.value
      const [wrong, facts] = [store.check(), store.facts()]
      const { files, faults } = await examineFiles(store, Date.now(), context.signal)
      close()
      if (wrong.length > 0) return err(faultOf('register.corrupt', wrong.slice(0, 5).join('; ')))
      // What nothing names is said, and is no damage.
      const [first] = faults.filter((one) => one.code !== 'file.leftOver')
      if (first !== undefined) return err(faultOf(first.code, faults.slice(0, 5).map(nameFault).join('; ')))
      const leftOver = countFaults(faults)['file.leftOver'] ?? 0
      return ok({
        json: { ok: true, ...facts, shape: shape.file, files, leftOver },
        text: `sound: shape ${String(shape.file)}, SQLite ${facts.sqlite}, ${facts.cipher}, synchronous ${String(facts.synchronous)}; ${String(files)} files whole${leftOver === 0 ? '' : `, ${String(leftOver)} left over`}`,
      })
    },
  },
  {
    name: 'db backup',
    summary:
      'makes an encrypted copy of the register now, in the second folder too where the machine has one; with --list, shows the copies there are',
    options: { list: { type: 'boolean' } },
    async run(context) {
      const { backUpRegister } = await import('./backUpRegister.ts')
      return backUpRegister(context)
    },
  },
  {
    name: 'db set-aside',
    summary:
      'moves a damaged register, whole, into a folder with the time; the next start begins a new one, in quarantine where more was written',
    async run(context) {
      const [{ registerFile }, { setRegisterAside }] = await Promise.all([
        import('#electron/worker/keys/openKey.ts'),
        import('#electron/worker/upkeep/backups.ts'),
      ])
      const setAside = setRegisterAside(registerFile(context.dataDir), new Date())
      return setAside === undefined
        ? err(faultOf('file.unreadable', `no register in ${context.dataDir}`))
        : ok({ json: { setAside }, text: `set aside: ${setAside}` })
    },
  },
  {
    name: 'db restore',
    usage: 'FILE',
    summary:
      'checks a backup and puts it in the place of the register, which is set aside; an older one is in quarantine afterwards',
    async run(context) {
      const { restoreRegister } = await import('./restoreRegister.ts')
      return restoreRegister(context)
    },
  },
  {
    name: 'db recover',
    usage: '[--identity FILE] [--from FOLDER]',
    summary:
      'opens the register by the recovery key of the office (its file, or its sheet in GUICHET_RECOVERY_CODE), and wraps its key by GUICHET_PASSPHRASE; --from brings back the newest copy of a second folder, where the machine is gone',
    options: { identity: { type: 'string' }, from: { type: 'string' } },
    async run(context) {
      const { recoverRegister } = await import('./recoverRegister.ts')
      return recoverRegister(context)
    },
  },
  {
    name: 'db rollback',
    summary:
      'puts the register of before the last update of the program back, while no act came since; the newer one is set aside. Then the older program is installed again',
    async run(context) {
      const [{ rollBack }, { openKeyHere }, { registerFile }, { systemClock }] = await Promise.all([
        import('#electron/worker/upkeep/rollBack.ts'),
        import('./openKeyHere.ts'),
        import('#electron/worker/keys/openKey.ts'),
        import('#electron/worker/core/systemClock.ts'),
      ])
      const key = await openKeyHere(context)
      if (!key.ok) return key
      const binding = context.env['GUICHET_SQLITE_BINDING']
      const now = systemClock.now()
      const file = registerFile(context.dataDir)
      const options = { file, key: key.value, now: now.toISOString() }
      const back = rollBack({ ...options, ...(binding === undefined ? {} : { binding }) }, now)
      if (!back.ok) return back
      const { shape, updatedAt, setAside, links } = back.value
      return ok({
        json: back.value,
        text: [
          `shape ${String(shape)} again, as before ${updatedAt}; install the version of before now`,
          ...(links === 0
            ? []
            : [`${String(links)} sign-ins and anchors of since are in the register that was set aside`]),
          ...(setAside === undefined ? [] : [`set aside: ${setAside}`]),
        ].join('\n'),
      })
    },
  },
  {
    name: 'db move-out',
    usage: '--out FOLDER',
    summary:
      'gives the register to another machine: a copy in FOLDER, its key under a code that is printed; here it is read, not written, from then on',
    options: { out: { type: 'string' } },
    async run(context) {
      const { moveRegisterOut } = await import('./moveRegister.ts')
      return moveRegisterOut(context)
    },
  },
  {
    name: 'db move-in',
    usage: 'FOLDER',
    summary:
      'takes the register over from another machine, by the code in GUICHET_MOVE_CODE; its key is wrapped by GUICHET_PASSPHRASE here, and the next number follows',
    async run(context) {
      const { moveRegisterIn } = await import('./moveRegister.ts')
      return moveRegisterIn(context)
    },
  },
]
