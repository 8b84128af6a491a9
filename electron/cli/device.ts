import { type DeviceView, typedCode } from '#shared/contract/features/devices/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { isDemo } from './demonstration.ts'

const states: Readonly<Record<DeviceView['state'], string>> = {
  none: 'not enrolled: acts wait',
  entered: 'a code waits to be brought to the platform',
  pending: 'waits at the platform for its fingerprint to be approved',
  enrolled: 'enrolled',
  revoked: 'revoked by the platform: nothing is recorded or sent',
}

/** `guichet device …`: this machine towards its platform. */
export const deviceCommands: readonly Command[] = [
  {
    name: 'device show',
    summary:
      'the fingerprint of this machine, whether it is enrolled, what keeps its key, and by which key it knows its platform',
    run: (context) => withDevice(context, ({ view }) => Promise.resolve(ok(view()))),
  },
  {
    name: 'device enrol',
    summary: 'introduces this machine to the platform by a one-time code',
    usage: 'CODE',
    run: (context) => {
      const code = typedCode.safeParse(context.positionals[0])
      return code.success
        ? withDevice(context, ({ enrol }) => enrol(code.data))
        : Promise.resolve(err(faultOf('call.invalid', 'a code is needed')))
    },
  },
]

interface Acting {
  readonly view: () => DeviceView
  readonly enrol: (code: string) => Promise<Result<DeviceView>>
}

const withDevice = async (
  context: CommandContext,
  act: (device: Acting) => Promise<Result<DeviceView>>,
): Promise<Result<Said>> => {
  const [
    { openRegister },
    { enrolDevice, viewDevice },
    { createJournal },
    { composeOutbox },
    { platformAddress },
    { systemClock },
    { networkHere },
    { version },
  ] = await Promise.all([
    import('./openRegister.ts'),
    import('#electron/worker/features/devices/enrolDevice.ts'),
    import('#electron/worker/journal/journal.ts'),
    import('#electron/worker/outbox/composeOutbox.ts'),
    import('#electron/worker/outbox/rows/platformTrust.ts'),
    import('#electron/worker/core/systemClock.ts'),
    import('./networkHere.ts'),
    import('./version.ts'),
  ])
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, rollbackGuard, close } = register.value
  const journal = createJournal(systemClock, counter, store.db, rollbackGuard.raise)
  const given = {
    platformUrl: context.platformUrl,
    demo: isDemo(context),
    network: networkHere(context),
    version: version(),
  }
  const outbox = composeOutbox({ store, journal, counter, clock: systemClock, ...given, onChange: () => undefined })
  const machine = { dataDir: context.dataDir, address: () => platformAddress(store.db, context.platformUrl) }
  try {
    const done = await act({
      view: () => viewDevice({ store, counter }, machine),
      enrol: (code) => enrolDevice({ store, journal, counter }, { code: 'counter' }, code, { outbox, machine }),
    })
    return done.ok ? ok({ json: done.value, text: asText(done.value) }) : done
  } finally {
    await outbox.close()
    close()
  }
}

const asText = ({
  counter,
  fingerprint,
  state,
  keyStore,
  address,
  platformKey,
  enrolledAt,
  askedAt,
  revokedAt,
  lastContactAt,
}: DeviceView): string =>
  (
    [
      ['counter', counter],
      ['fingerprint', fingerprint],
      ['state', states[state]],
      ['asked', askedAt],
      ['enrolled', enrolledAt],
      ['revoked', revokedAt],
      ['contact', lastContactAt],
      ['platform', address ?? 'no address'],
      ['its key', platformKey ?? 'not known yet: guichet platform trust FILE --fingerprint XXXX-…'],
      ['key', keyStore.wrap === 'keystore' ? `wrapped by the system's keystore` : 'wrapped by a passphrase'],
    ] as const
  )
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(12)} ${value}`]))
    .join('\n')
