import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { done, unless, user, type Step } from './step.ts'

const apt = 'export DEBIAN_FRONTEND=noninteractive; apt-get -y -qq --no-install-recommends -o Dpkg::Use-Pty=0'

/** The package in a Debian that has nothing of what it needs, and an account for the desk. */
export const installing = (deb: string): readonly Step[] => [
  {
    says: 'lintian finds no error',
    run: () => {
      const ran = spawnSync('lintian', ['--allow-root', '--no-tag-display-limit', '--fail-on', 'error', deb], {
        encoding: 'utf8',
      })
      if (ran.error !== undefined) return 'lintian is not on this machine: apt-get install lintian'
      return unless(ran.status === 0, { code: ran.status ?? 255, out: ran.stdout, text: ran.stdout + ran.stderr })
    },
  },
  {
    says: 'dpkg -i says what is missing, apt-get -f install mends it',
    run: async (machine) => {
      copyFileSync(deb, join(machine.folder, 'root', basename(deb)))
      const first = await machine.run(`dpkg -i /root/${basename(deb)}`)
      if (first.code === 0) return 'nothing was missing: that is no bare machine'
      return done(await machine.run(`apt-get -qq update && ${apt} -f install`))
    },
  },
  {
    says: 'a user of the desk, a screen and a card reader for him',
    run: async (machine) =>
      done(
        await machine.run(
          `${apt} install xvfb pcscd vsmartcard-vpcd && useradd --create-home --shell /bin/sh ${user} && useradd --create-home --shell /bin/sh other`,
        ),
      ),
  },
  {
    says: 'manual page, rule for readers, entry in the menu, settings of root alone',
    run: async (machine) => {
      const files = [
        '/usr/share/man/man1/guichet.1.gz',
        '/lib/udev/rules.d/70-guichet-readers.rules',
        '/usr/share/applications/guichet.desktop',
      ].map((file) => `test -f ${file}`)
      const settings = `test "$(stat -c '%U %a' /etc/guichet/settings.json)" = 'root 644'`
      return done(await machine.run([...files, settings].join(' && ')))
    },
  },
  ...(['user', 'root'] as const).map((who): Step => ({
    says: `env -i guichet --version, doctor, db check, without a display, as ${who}`,
    run: async (machine) => {
      for (const [line, codes] of [
        ['--version', [0]],
        ['doctor --json', [0, 1]],
        ['db check --json', [1]],
        ['nonsense', [2]],
      ] as const) {
        const ran = await machine.run(`exec env -i /usr/bin/guichet ${line}`, who === 'user' ? { user } : {})
        if (!codes.some((code) => code === ran.code)) return `${line}: ${unless(false, ran) ?? ''}`
      }
      return undefined
    },
  })),
]
