import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet recovery key`: once for an office, on a machine that is no counter. */
export const recoveryCommands: readonly Command[] = [
  {
    name: 'recovery key',
    usage: '--out FILE',
    summary:
      'makes the recovery key of an office: the private half into a file, which belongs in a safe, or on paper, and on no counter; prints the public half for the setting recoveryKey',
    options: { out: { type: 'string' } },
    async run(context) {
      const { out } = context.options
      if (typeof out !== 'string' || out === '') return err(faultOf('call.invalid', '--out FILE'))
      const [{ existsSync }, { sheetOf }, { makeRecoveryKey }, { writeWhole }] = await Promise.all([
        import('node:fs'),
        import('#shared/domain/recoverySheet.ts'),
        import('#electron/worker/keys/recovery.ts'),
        import('#electron/worker/keys/wholeFile.ts'),
      ])
      if (existsSync(out)) return err(faultOf('file.unwritable', `${out} is there: a key is never overwritten`))
      const { identity, recipient } = await makeRecoveryKey()
      const written = writeWhole(
        out,
        [
          '# recovery key of an office of Guichet',
          `# public key: ${recipient}`,
          identity,
          '# on paper, typed back into GUICHET_RECOVERY_CODE:',
          ...linesOf(sheetOf(identity)),
          '',
        ].join('\n'),
      )
      if (!written.ok) return err(faultOf('file.unwritable', written.fault.detail))
      return ok({
        json: { file: out, recoveryKey: recipient },
        text: `${out}: keep it in a safe, or print it and delete it\nrecoveryKey: ${recipient}`,
      })
    },
  },
]

/** Five numbered groups a line. */
const linesOf = (groups: readonly string[]): readonly string[] =>
  [0, 5, 10, 15].map(
    (first) =>
      `# ${groups
        .slice(first, first + 5)
        .map((group, index) => `${String(first + index + 1).padStart(2)} ${group}`)
        .join('   ')}`,
  )
