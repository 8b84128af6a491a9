import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { counterOf } from '#electron/worker/core/createRegister.ts'
import { readOfficeFile } from '#electron/worker/core/officeFile.ts'
import type { CommandContext, Said } from './command.ts'
import { composeHere } from './openWorker.ts'
import { noDevices } from './noDevices.ts'
import { openKeyHere } from './openKeyHere.ts'
import { openRegister, registerThere } from './openRegister.ts'

/**
 * Begins the register of a data folder. The file is believed before a key is made. Faults: office.*; call.invalid (there
 * is a register already); those of `openKeyHere` and `composeWorker`.
 */
export async function beginRegister(context: CommandContext, handed: OfficeHandedOver): Promise<Result<Said>> {
  const read = readOfficeFile(handed.file, handed.fingerprint)
  if (!read.ok) return read
  const free = await noneYet(context)
  if (!free.ok) return free
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const { office, platform, code, accounts } = read.value
  const begun = composeHere(context, { key: key.value, devices: noDevices, demo: false, officeFile: read.value })
  if (!begun.ok) return begun
  await begun.value.worker.close()
  const said = {
    counter: counterOf(office),
    address: platform.address,
    platformKey: fingerprintOf(platform.keys[0]?.kid ?? ''),
    logins: accounts.map(({ login }) => login),
    code: code !== undefined,
  }
  return ok({
    json: said,
    text: [
      `${said.counter} begun: platform ${said.address}, key ${said.platformKey}`,
      `may sign in: ${said.logins.join(', ')}`,
      said.code
        ? 'a code came with the file: the counter introduces itself as soon as the platform answers'
        : 'no code came with the file: guichet device enrol CODE introduces the counter',
    ].join('\n'),
  })
}

/** A folder in which nothing was begun, though perhaps tried. */
const noneYet = async (context: CommandContext): Promise<Result<undefined>> => {
  const there = registerThere(context)
  if (!there.ok) return there.fault.code === 'register.none' ? ok(undefined) : there
  const found = await openRegister(context)
  if (!found.ok) return found.fault.code === 'register.none' ? ok(undefined) : found
  found.value.close()
  return err(
    faultOf('call.invalid', `there is a register in ${context.dataDir}: guichet platform trust takes the file in`),
  )
}
