import type { Devices } from '#electron/worker/core/workerOptions.ts'
import type { Result } from '#shared/result.ts'
import type { CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'

/**
 * The register opened by the person who is named with `--login`, for one command. Faults: those of `openWorker` and of
 * the command.
 * @param as who is meant where nobody is named
 * @param devices what the command joins to the register; absent: nothing
 */
export async function signedIn(
  context: CommandContext,
  as: string,
  act: (worker: OpenWorker) => Promise<Result<Said>>,
  devices?: Partial<Devices>,
): Promise<Result<Said>> {
  const [{ openWorker }, { noDevices }] = await Promise.all([import('./openWorker.ts'), import('./noDevices.ts')])
  const worker = await openWorker(
    { ...context, options: { login: as, ...context.options } },
    { devices: { ...noDevices, ...devices } },
  )
  if (!worker.ok) return worker
  try {
    return await act(worker.value)
  } finally {
    await worker.value.close()
  }
}
