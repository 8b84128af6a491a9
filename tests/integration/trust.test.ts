import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fingerprintOf } from '#drivers/card/profiles/icao/countrySigner.ts'
import { createDocument } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { openDevices, type OpenDevices } from '#electron/devices/compose.ts'
import { serveDevices } from '#electron/devices/serveDevices.ts'
import { openRemoteDevices } from '#electron/worker/devices/remoteDevices.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { Wire } from '#shared/contract/wire.ts'
import { specimenPhoto } from '#tests/builders/cards.ts'
import { buildMasterList } from '#tests/builders/masterList.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const guichetFile = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
const run = promisify(execFile)
const today = new Date()

let pcscd: Pcscd
let issuer: Issuer
let folder: ReturnType<typeof temporaryFolder>
let card: PluggedCard
const plug = (): Promise<PluggedCard> =>
  plugCard(
    withFaults(
      createDocument({
        holder: resident(today),
        photo: specimenPhoto('foreigner'),
        sign: issuer.signGroups,
        can: specimenCan,
        pace: { cipher: 'AES-128', parameterId: 12 },
        chipKey: { parameterId: 12, cipher: 'AES-128', secret: 0x5eedn },
      }),
    ),
    pcscd.ports[0],
  )

beforeAll(async () => {
  folder = temporaryFolder()
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  issuer = await createIssuer(today)
  await writeFile(join(folder.path, 'country.der'), issuer.countrySigner)
  card = await plug()
})
afterAll(async () => {
  await card.pull()
  await pcscd.close()
  folder.remove()
})

const unknown = { identity: 'valid', chain: 'untrusted' }
const believed = { identity: 'valid', chain: 'trusted' }

describe('guichet trust', () => {
  async function guichet(
    ...words: readonly string[]
  ): Promise<{ readonly exit: number; readonly said: unknown; readonly err: string }> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ...pcscd.env,
      GUICHET_DATA: join(folder.path, 'by-command'),
      GUICHET_PASSPHRASE: 'une phrase de passe',
      CUPS_SERVER: '127.0.0.1:9',
      GUICHET_DEMO: '1',
    }
    const { exit, stdout, stderr } = await run(process.execPath, [guichetFile, ...words, '--json'], { env }).then(
      (done) => ({ exit: 0, ...done }),
      (failed: { code: number; stdout: string; stderr: string }) => ({
        exit: failed.code,
        stdout: failed.stdout,
        stderr: failed.stderr,
      }),
    )
    return { exit, said: JSON.parse(stdout), err: stderr }
  }
  const read = async (...words: readonly string[]): Promise<unknown> =>
    (await guichet('card', 'read', '--can', specimenCan, ...words)).said
  const countries = async (): Promise<unknown> =>
    z
      .object({ findings: z.array(z.looseObject({ part: z.string() })) })
      .parse((await guichet('doctor')).said)
      .findings.find(({ part }) => part === 'countries')
  const fingerprint = (): string => fingerprintOf({ der: issuer.countrySigner })

  it('makes a country believed and not believed; the journal says who did it', { timeout: 300_000 }, async () => {
    expect(await read()).toMatchObject({ profile: 'icao', checks: { ...unknown, passive: 'valid' } })
    expect(await guichet('trust', 'add', join(folder.path, 'country.der'), '--login', 'supervisor')).toMatchObject({
      said: { fault: { code: 'session.forbidden' } },
    })
    expect(await countries()).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('none is believed') as string,
    })

    expect(await guichet('trust', 'add', join(folder.path, 'country.der'), '--check')).toMatchObject({
      exit: 0,
      said: { files: [{ signers: [{ country: 'UT', fingerprint: fingerprint() }], refused: [] }] },
    })
    expect(await read()).toMatchObject({ checks: unknown })
    expect(await guichet('trust', 'add', join(folder.path, 'country.der'))).toMatchObject({
      exit: 0,
      said: { files: [{ signers: [{ country: 'UT' }] }] },
    })
    expect(await read()).toMatchObject({ checks: { ...believed, passive: 'valid' } })
    expect((await guichet('trust', 'list')).said).toMatchObject({
      signers: [
        { country: 'UT', fingerprint: fingerprint(), added: { file: 'country.der', by: expect.any(String) as string } },
      ],
    })
    expect(await countries()).toMatchObject({ verdict: 'ok', found: '1 believed, 1 certificates' })

    expect(await guichet('trust', 'remove', 'abc')).toMatchObject({
      exit: 1,
      said: { fault: { code: 'call.invalid' } },
    })
    const copied = (fingerprint().match(/../g) ?? []).join(':').toUpperCase()
    expect(await guichet('trust', 'remove', copied)).toMatchObject({ exit: 0, said: { removed: 1 } })
    expect(await guichet('trust', 'remove', copied)).toMatchObject({
      exit: 1,
      said: { fault: { code: 'trust.unknown' } },
    })
    expect(await read()).toMatchObject({ checks: unknown })
  })

  it(
    'believes a list whose signer is believed, or was compared; says what is wrong with the others',
    { timeout: 300_000 },
    async () => {
      const { file, countrySigner } = buildMasterList([issuer.countrySigner])
      const above = fingerprintOf({ der: countrySigner })
      const path = join(folder.path, 'list.ml')
      await writeFile(path, file)
      expect(await guichet('trust', 'add', path)).toMatchObject({
        exit: 1,
        said: { files: [{ lists: [{ standing: 'unknown', fingerprint: above, certificates: 1 }], signers: [] }] },
      })
      expect(await read()).toMatchObject({ checks: unknown })
      expect(await guichet('trust', 'add', path, '--compared', above)).toMatchObject({
        exit: 0,
        said: { files: [{ lists: [{ standing: 'compared' }], signers: [{ country: 'UT' }] }] },
      })
      expect(await read()).toMatchObject({ checks: believed })
      // A folder that is named takes the place of everything else.
      expect(await read('--csca', join(resources, 'trust', 'csca'))).toMatchObject({ checks: unknown })
      expect(await guichet('trust', 'add', guichetFile, path, '--compared', above)).toMatchObject({
        exit: 1,
        said: { files: [{ fault: { code: 'trust.notSigners' } }, { known: 1 }] },
      })
    },
  )

  it('leaves the register alone where it cannot be opened, and says so', { timeout: 300_000 }, async () => {
    const env = { PATH: process.env['PATH'] ?? '', ...pcscd.env, GUICHET_DATA: join(folder.path, 'by-command') }
    const { stdout, stderr } = await run(
      process.execPath,
      [guichetFile, 'card', 'read', '--can', specimenCan, '--json'],
      { env },
    )
    expect([JSON.parse(stdout), stderr]).toMatchObject([
      { checks: unknown },
      expect.stringContaining('register.locked'),
    ])
  })
})

describe('at the desk', () => {
  let devices: OpenDevices
  let worker: TestWorker
  const remote = openRemoteDevices({ training: false })
  /** Joins the worker to the devices as main does after their host was started anew. */
  const joinHost = (): void => {
    const ends: { hear?: (message: unknown) => void }[] = [{}, {}]
    const wire = (mine: 0 | 1, other: 0 | 1): Wire => ({
      post: (message) => {
        const copy: unknown = structuredClone(message)
        queueMicrotask(() => ends[other]?.hear?.(copy))
      },
      onMessage: (listener) => {
        const end = ends[mine]
        if (end !== undefined) end.hear = listener
      },
    })
    serveDevices(wire(1, 0), devices, () => undefined)
    remote.attach(wire(0, 1))
  }
  const openHost = (): Promise<OpenDevices> =>
    openDevices({
      training: false,
      resourcesDir: resources,
      env: { CUPS_SERVER: '127.0.0.1:9' },
      clock: systemClock,
      onFault: () => undefined,
      onCrash: () => undefined,
    })
  const as = async <T>(login: string, act: () => Promise<T>): Promise<T> => {
    await signedIn(worker, login)
    const done = await act()
    valueOf(await worker.ask('session.signOut', {}))
    return done
  }
  const chain = (): Promise<unknown> =>
    as('agent', async () => {
      // A host that has just started reads by itself first, and asks for the number.
      for (
        let read = await worker.ask('card.read', { access: { can: specimenCan } });
        !read.ok;
        read = await worker.ask('card.read', { access: { can: specimenCan } })
      ) {
        if (read.fault.code !== 'card.accessNeeded') expect.fail(read.fault.code)
      }
      return valueOf(await worker.ask('card.state', {})).citizen?.checks
    })

  beforeAll(async () => {
    devices = await openHost()
    joinHost()
    worker = startWorker(folder.path, { ...remote.devices, printer: paperTrail(join(folder.path, 'paper')) })
  })
  afterAll(async () => {
    await worker.close()
    await devices.close()
  })

  it(
    'the next card is read under what an administrator changed; a host that starts anew is told',
    { timeout: 300_000 },
    async () => {
      expect(await chain()).toMatchObject(unknown)
      const bytes = new Uint8Array(issuer.countrySigner)
      const fingerprint = fingerprintOf({ der: bytes })
      const examined = await as('admin', async () =>
        valueOf(await worker.ask('trust.examine', { bytes, compared: [] })),
      )
      expect(examined).toMatchObject({ signers: [{ fingerprint }] })
      expect(await chain()).toMatchObject(unknown)
      await as('admin', async () =>
        valueOf(await worker.ask('trust.add', { name: 'country.der', bytes, compared: [] })),
      )
      expect(await chain()).toMatchObject(believed)

      remote.detach()
      await devices.close()
      devices = await openHost()
      joinHost()
      expect(await chain()).toMatchObject(believed)

      await as('admin', async () => valueOf(await worker.ask('trust.remove', { fingerprints: [fingerprint] })))
      expect(await chain()).toMatchObject(unknown)
      const lines = await as('auditor', async () =>
        valueOf(await worker.ask('journal.page', { limit: 500 })).entries.filter(({ kind }) =>
          kind.startsWith('trust.'),
        ),
      )
      expect(lines).toMatchObject([
        { kind: 'trust.removed', subject: fingerprint, body: { country: 'UT' } },
        { kind: 'trust.added', body: { certificates: { UT: [fingerprint] } } },
      ])
      expect(new Set(lines.map(({ actor }) => actor)).size).toBe(1)
    },
  )
})
