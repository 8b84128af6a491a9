import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet support`: what support needs to help, in one file, and nothing of a citizen. */
export const support: Command = {
  name: 'support',
  usage: '--out FILE',
  summary:
    'writes a file (tar.gz) with the logs, the versions, the settings by name and what the doctor finds; no personal data',
  options: { out: { type: 'string' } },
  async run(context) {
    const { out } = context.options
    if (typeof out !== 'string' || out === '') return err(faultOf('call.invalid', '--out FILE'))
    const [{ examine }, { supportPieces }, { writeOut }, { tellSettings }, { version }] = await Promise.all([
      import('./examine.ts'),
      import('#electron/worker/upkeep/supportBundle.ts'),
      import('#electron/worker/files/writeOut.ts'),
      import('#shared/domain/machineSettings.ts'),
      import('./version.ts'),
    ])
    const { dataDir, machine } = context
    const findings = await examine(context)
    const written = await writeOut(
      out,
      supportPieces({
        dataDir,
        versions: { app: version(), electron: process.versions['electron'] ?? 'none', standIn: false },
        settings: tellSettings(machine?.settings ?? {}),
        reports: { doctor: findings },
      }),
      context.signal,
    )
    if (!written.ok) return written
    return ok({ json: { file: out, findings: findings.length }, text: `${out}: logs, versions, settings, doctor` })
  },
}
