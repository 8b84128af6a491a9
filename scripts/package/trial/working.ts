import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import type { BareRoot, How, Ran } from '../bareRoot.ts'
import { counter, type Office } from './office.ts'
import { data, desk, done, each, refused, unless, type Step } from './step.ts'

/** Where the virtual reader of Debian's package waits for a card. */
const vpcdPort = 35963
const display = 'Xvfb :7 -nolisten tcp >/dev/null 2>&1 & sleep 1; export DISPLAY=:7;'

/** One counter from its settings to a receipt that the platform has, as an office would begin with it. */
export const working = (office: Office): readonly Step[] => [
  {
    says: 'settings, authority, proxy and office file are provisioned',
    run: (machine) => provisioned(machine, office),
  },
  {
    says: 'the window starts as a user, with the sandbox on, and begins the register',
    run: async (machine) => {
      const ran = await machine.run(`${display} guichet --smoke`, desk)
      const begun = await machine.run(`guichet device show --json`, desk)
      return unless(ran.code === 0 && ran.text.includes('READY '), ran) ?? unless(begun.text.includes(counter), begun)
    },
  },
  {
    says: 'another account of the machine is refused in words, and gets no number',
    run: async (machine) => refused(await taken(machine, { ...desk, user: 'other' }), 'register.otherAccount'),
  },
  {
    says: 'no act gets a number before the platform approved the machine',
    run: async (machine) => {
      const letter = 'guichet mail register --example | guichet mail register --json --login clerk'
      return refused(await machine.run(letter, desk), 'device.notApproved')
    },
  },
  {
    says: 'the machine introduces itself through proxy and front; its fingerprint is compared and approved',
    run: (machine) => enrolled(machine, office),
  },
  {
    says: 'a card is read and a receipt is issued',
    run: (machine) => issuedFromCard(machine, office),
  },
  {
    says: 'the window puts it on paper',
    run: async (machine) => {
      const env = { ...desk.env, CUPS_SERVER: office.printer.printerUri }
      const window = machine.start(`${display} guichet`, { ...desk, env })
      const came = await until(async () => (await office.printer.received()).length === 1)
      // As a power cut would end it: what comes now finds the register whole.
      return unless(came, await window.kill())
    },
  },
  {
    says: 'the platform has the act',
    run: (machine) => synced(machine, 1),
  },
  {
    says: 'a least version is asked for: the act is kept, said why, and sent once it is none any more',
    run: async (machine) => {
      await office.operate('least-version', '98.0.0')
      const issued = await numbered(machine, 2)
      const late = refused(await machine.run('guichet outbox drain --json', desk), 'platform.versionTooOld')
      await office.operate('least-version')
      return issued ?? late ?? (await synced(machine, 2))
    },
  },
  {
    says: 'what left the machine left it for the platform alone',
    run: () => {
      const others = office.network.asked.filter((one) => one !== `${new URL(office.network.address).hostname}:443`)
      return others.length === 0 ? undefined : `besides: ${[...new Set(others)].join(', ')}`
    },
  },
  {
    says: 'what root looks at stays as it was, and belongs to the desk',
    run: async (machine) => {
      const state = `find ${data} -type f -exec sha256sum {} + | sort`
      const look = ['doctor', 'db check', 'journal verify'].map((words) => `guichet ${words} >/dev/null`)
      const same = `before=$(${state}); ${look.join('; ')}; test "$before" = "$(${state})"`
      return done(await machine.run(`${same} && test -z "$(find ${data} -user root)"`, { env: desk.env }))
    },
  },
]

const provisioned = async (machine: BareRoot, { network, cards, handed }: Office): Promise<string | undefined> => {
  const at = (name: string): string => join(machine.folder, 'root', name)
  mkdirSync(at('trust'))
  writeFileSync(at('trust/root.pem'), cards.trust.roots.map(String).join(''))
  copyFileSync(network.caFile, at('ca.pem'))
  writeFileSync(at('office.jws'), handed.file)
  const recovery = await machine.run('guichet recovery key --out /root/recovery.txt --json')
  const { recoveryKey } = JSON.parse(recovery.out) as { recoveryKey: string }
  const settings = {
    dataDir: data,
    caFile: '/etc/guichet/ca.pem',
    proxy: network.proxy,
    trust: '/etc/guichet/trust',
    backupDir: '/srv/guichet',
    recoveryKey,
  }
  writeFileSync(at('settings.json'), JSON.stringify(settings))
  return done(
    await machine.run(
      [
        `install -d -o desk -g desk -m 700 ${data} /srv/guichet`,
        'cp -r /root/ca.pem /root/trust /etc/guichet',
        'chmod -R a+rX /etc/guichet/trust',
        `guichet provision /root/settings.json /root/office.jws --fingerprint ${handed.fingerprint}`,
      ].join(' && '),
    ),
  )
}

const enrolled = (machine: BareRoot, office: Office): Promise<string | undefined> =>
  each(
    async () => refused(await machine.run('guichet outbox drain --json', desk), 'device.pending'),
    async () => {
      const shown = await machine.run('guichet device show --json', desk)
      const { fingerprint = '' } = JSON.parse(shown.out) as { fingerprint?: string }
      const line = (await office.operate('devices')).split('\n').find((one) => one.includes(`pending   ${fingerprint}`))
      if (line === undefined) return `the platform knows no ${fingerprint}`
      await office.operate('approve', counter, line.split(/ +/)[3] ?? '')
      return undefined
    },
    async () => done(await machine.run('guichet outbox drain', desk)),
    async () => {
      const shown = await machine.run('guichet device show --json', desk)
      return unless(shown.text.includes('"state": "enrolled"'), shown)
    },
  )

const issuedFromCard = async (machine: BareRoot, { cards }: Office): Promise<string | undefined> => {
  const card = await cards.take('citizen')
  if (!card.ok) return card.fault.code
  const request = {
    identity: { source: 'card' },
    procedure: 'CERTIFICAT-RESIDENCE',
    pieces: ['demande', 'identite', 'declaration-domicile'].map((code) => ({ code, state: 'received' })),
  }
  writeFileSync(join(machine.folder, 'home/desk/request.json'), JSON.stringify(request))
  // The service is root's, the command is the desk's.
  const reader = machine.start('exec pcscd --foreground')
  let plugged: Awaited<ReturnType<typeof plugCard>> | undefined
  await until(async () => {
    plugged = await plugCard(card.value, vpcdPort).catch(() => undefined)
    return plugged !== undefined
  })
  try {
    // The slot takes a card a little before the service names its reader.
    await until(async () => (await machine.run('guichet card readers', desk)).out.includes(': card'))
    const issued = await machine.run('guichet intake --file ~/request.json --json', desk)
    return unless(issued.code === 0 && issued.text.includes('/000001"'), issued)
  } finally {
    await plugged?.pull()
    await reader.kill()
  }
}

/** Takes in a request of somebody who has no card. @param folder another data folder than the machine's */
const taken = (machine: BareRoot, as: How = desk, folder?: string): Promise<Ran> =>
  machine.run(
    `guichet intake --example | guichet intake --json --out /tmp/receipt.pdf${folder === undefined ? '' : ` --data ${folder}`}`,
    as,
  )

/** A receipt, and the number that it must get. */
export const numbered = async (machine: BareRoot, number: number, folder?: string): Promise<string | undefined> => {
  const ran = await taken(machine, desk, folder)
  return unless(ran.code === 0 && ran.text.includes(`/${String(number).padStart(6, '0')}"`), ran)
}

/** Sends what waits: the platform has so many acts of this counter then, and their answers are here. */
export const synced = (machine: BareRoot, acts: number): Promise<string | undefined> =>
  each(
    async () => done(await machine.run('guichet outbox drain', desk)),
    async () => {
      const said = await machine.run('guichet outbox status --json', desk)
      const { pending, refused: not, lastSeq } = JSON.parse(said.out) as Record<string, number>
      return unless(pending === 0 && not === 0 && (lastSeq ?? 0) >= acts, said)
    },
  )

/** Looks until it holds, for half a minute. */
const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await holds()) return true
  return false
}
