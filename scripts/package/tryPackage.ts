import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { anOfficeFile, aPlatformKey, officeBytes, seedAccounts } from '#tests/builders/platformKeys.ts'
import { root } from '../runtime.ts'
import { bareRoot, type BareRoot, type Ran } from './bareRoot.ts'

/** One thing that must hold of an installed package. */
interface Step {
  readonly says: string
  /** Nothing when it holds, otherwise what was seen. */
  readonly run: (machine: BareRoot) => string | undefined
}

const user = 'desk'
const data = `/home/${user}/.config/Guichet`
const passphrase = 'quatre mots au moins'
const desk = { user, env: { HOME: `/home/${user}`, GUICHET_PASSPHRASE: passphrase } }

const unless = (good: boolean, ran: Ran): string | undefined =>
  good ? undefined : `ended with ${String(ran.code)}: ${ran.text.trim().slice(-600)}`
const done = (ran: Ran): string | undefined => unless(ran.code === 0, ran)

/**
 * Installs a package in a bare Debian 12 and uses it as an office would: missing dependencies mended, commands without
 * a display as user and as root, the window as a user with Chromium's sandbox on, acts in a register, an upgrade over
 * them with an edited settings file, the way back, remove and purge. Prints a line for each; throws when one fails.
 */
export async function tryPackage(deb: string): Promise<void> {
  if (!existsSync(deb)) throw new Error(`${deb} is not there: make it first`)
  const base = join(root, '.cache/package-try/base')
  const machine = bareRoot(base, join(root, '.cache/package-try/machine'))
  let failed = 0
  try {
    for (const step of [...installing(deb), ...working(), ...upgrading(deb), ...leaving()]) {
      const began = performance.now()
      const wrong = step.run(machine)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(
        `${wrong === undefined ? 'ok  ' : 'FAIL'} ${step.says} (${seconds} s)${wrong === undefined ? '' : `\n${wrong}`}`,
      )
      if (wrong === undefined) continue
      failed += 1
      break
    }
  } finally {
    machine.remove()
  }
  if (failed > 0) throw new Error('the package does not do on a bare machine what it should')
}

const apt = 'apt-get -y -qq --no-install-recommends -o Dpkg::Use-Pty=0'

const installing = (deb: string): readonly Step[] => [
  {
    says: 'lintian finds no error',
    run: () => {
      const ran = spawnSync('lintian', ['--allow-root', '--no-tag-display-limit', '--fail-on', 'error', deb], {
        encoding: 'utf8',
      })
      if (ran.error !== undefined) return 'lintian is not on this machine: apt-get install lintian'
      return unless(ran.status === 0, { code: ran.status ?? 255, text: ran.stdout + ran.stderr })
    },
  },
  {
    says: 'dpkg -i says what is missing, apt-get -f install mends it',
    run: (machine) => {
      copyFileSync(deb, join(machine.folder, 'root', basename(deb)))
      const first = machine.run(`dpkg -i /root/${basename(deb)}`)
      if (first.code === 0) return 'nothing was missing: that is no bare machine'
      return done(machine.run(`export DEBIAN_FRONTEND=noninteractive; apt-get -qq update && ${apt} -f install`))
    },
  },
  {
    says: 'a user of the desk, and a screen for him',
    run: (machine) =>
      done(
        machine.run(
          `export DEBIAN_FRONTEND=noninteractive; ${apt} install xvfb && useradd --create-home --shell /bin/sh ${user}`,
        ),
      ),
  },
  {
    says: 'manual page, rule for readers, entry in the menu, settings of root alone',
    run: (machine) => {
      const files = [
        '/usr/share/man/man1/guichet.1.gz',
        '/lib/udev/rules.d/70-guichet-readers.rules',
        '/usr/share/applications/guichet.desktop',
      ].map((file) => `test -f ${file}`)
      const settings = `test "$(stat -c '%U %a' /etc/guichet/settings.json)" = 'root 644'`
      return done(machine.run([...files, settings].join(' && ')))
    },
  },
]

const working = (): readonly Step[] => [
  ...(['user', 'root'] as const).map((who) => ({
    says: `env -i guichet --version, doctor, db check, without a display, as ${who}`,
    run: (machine: BareRoot) => {
      for (const [line, codes] of [
        ['--version', [0]],
        ['doctor --json', [0, 1]],
        ['db check --json', [1]],
        ['nonsense', [2]],
      ] as const) {
        const ran = machine.run(`exec env -i /usr/bin/guichet ${line}`, who === 'user' ? { user } : {})
        if (!codes.some((code) => code === ran.code)) return `${line}: ${unless(false, ran) ?? ''}`
      }
      return undefined
    },
  })),
  {
    says: 'a register begins by its office file',
    run: (machine) => {
      const by = aPlatformKey()
      const file = join(machine.folder, 'home', user, 'office.jws')
      writeFileSync(file, officeBytes(anOfficeFile(by, { accounts: [...seedAccounts] }), by))
      return done(machine.run(`guichet register begin /home/${user}/office.jws --fingerprint ${by.fingerprint}`, desk))
    },
  },
  {
    says: 'the window starts as a user, with the sandbox on',
    run: (machine) => {
      const ran = machine.run(`Xvfb :7 -nolisten tcp >/dev/null 2>&1 & sleep 1; DISPLAY=:7 guichet --smoke`, desk)
      return unless(ran.code === 0 && ran.text.includes('READY '), ran)
    },
  },
  {
    says: 'no act gets a number before the platform approved the machine',
    run: (machine) => {
      const command = 'guichet mail register --example | guichet mail register --json --login clerk'
      const ran = machine.run(command, { ...desk, env: { ...desk.env, GUICHET_PASSWORD: 'guichet-demo' } })
      return unless(ran.code === 1 && ran.text.includes('device.notApproved'), ran)
    },
  },
  { says: 'a first label of the counter', run: (machine) => numbered(machine, 1) },
  {
    says: 'what root looks at stays as it was, and belongs to the desk',
    run: (machine) => {
      const state = `find ${data} -type f -not -path '*/window/*' -exec sha256sum {} + | sort`
      const look = ['doctor', 'db check', 'journal verify'].map((words) => `guichet ${words} --data ${data} >/dev/null`)
      const same = `before=$(${state}); ${look.join('; ')}; test "$before" = "$(${state})"`
      return done(machine.run(`${same} && test -z "$(find ${data} -user root)"`, { env: desk.env }))
    },
  },
]

/** Takes a label of the counter's own series, for which no platform is needed; the number that it must get. */
const numbered = (machine: BareRoot, number: number): string | undefined => {
  const ran = machine.run('guichet mail labels --count 1 --out /tmp/label.pdf --json', desk)
  return unless(ran.code === 0 && ran.text.includes(`/L-${String(number).padStart(6, '0')}"`), ran)
}

/** The same program under the next version, as an office gets it. */
const nextVersion = (machine: BareRoot, deb: string): string => {
  const tree = join(machine.folder, 'root/next')
  execFileSync('dpkg-deb', ['-R', deb, tree])
  const control = join(tree, 'DEBIAN/control')
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, 'Version: 99.0.0'))
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, join(machine.folder, 'root/next.deb')], {
    stdio: 'ignore',
  })
  rmSync(tree, { recursive: true })
  return '/root/next.deb'
}

const upgrading = (deb: string): readonly Step[] => [
  {
    says: 'an upgrade asks nothing, keeps the edited settings and the register',
    run: (machine) => {
      const settings = join(machine.folder, 'etc/guichet/settings.json')
      writeFileSync(settings, '{ "training": false }\n')
      const upgraded = machine.run(`dpkg -i ${nextVersion(machine, deb)} </dev/null`)
      if (upgraded.code !== 0) return done(upgraded)
      if (readFileSync(settings, 'utf8') !== '{ "training": false }\n')
        return 'the settings are not those that were written'
      return done(machine.run('guichet journal verify && guichet db check', desk)) ?? numbered(machine, 2)
    },
  },
  {
    says: 'the version of before can be put back, and goes on',
    run: (machine) => done(machine.run(`dpkg -i /root/${basename(deb)}`)) ?? numbered(machine, 3),
  },
]

const leaving = (): readonly Step[] => [
  {
    says: 'remove takes the program and leaves the settings',
    run: (machine) =>
      done(
        machine.run(
          'dpkg -r guichet && test ! -e /usr/bin/guichet && test ! -e /opt/Guichet && test -f /etc/guichet/settings.json',
        ),
      ),
  },
  {
    says: 'purge takes the settings, and no register',
    run: (machine) =>
      done(
        machine.run(
          `dpkg -P guichet && test ! -e /etc/guichet && test -f ${data}/register.db && test -f ${data}/key.json`,
        ),
      ),
  },
]
