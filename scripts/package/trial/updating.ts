import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { wrapByPassphrase } from '#electron/worker/keys/passphrase.ts'
import { testKey } from '#tests/builders/register.ts'
import { root } from '../../runtime.ts'
import type { BareRoot } from '../bareRoot.ts'
import { desk, done, each, passphrase, refused, type Step } from './step.ts'
import { numbered, synced } from './working.ts'

/** A register that 0.1.0 wrote, in a folder of the desk's. */
const old = `/home/${desk.user}/old`

/** A newer program over the register, one of before over it again; a register of before under this program. */
export const updating = (deb: string): readonly Step[] => [
  {
    says: 'an upgrade asks nothing, keeps the edited settings and goes on in the register',
    run: async (machine) => {
      const settings = join(machine.folder, 'etc/guichet/settings.json')
      const before = readFileSync(settings, 'utf8')
      const upgraded = await machine.run(`dpkg -i ${nextVersion(machine, deb)} </dev/null`)
      if (readFileSync(settings, 'utf8') !== before) return 'the settings are not those that were written'
      return each(
        () => Promise.resolve(done(upgraded)),
        async () => done(await machine.run('guichet journal verify && guichet db check', desk)),
        () => numbered(machine, 3),
        () => synced(machine, 3),
      )
    },
  },
  {
    says: 'the version of before can be put back, and goes on',
    run: async (machine) => done(await machine.run(`dpkg -i /root/${basename(deb)}`)) ?? numbered(machine, 4),
  },
  {
    says: 'a register of an older shape is looked at as it is',
    run: async (machine) => {
      cpSync(join(root, 'tests/fixtures/register-0.1.0'), join(machine.folder, old), { recursive: true })
      const key = JSON.stringify(await wrapByPassphrase(testKey, passphrase))
      writeFileSync(join(machine.folder, old, 'key.json'), key)
      const state = `find ${old} -type f -exec sha256sum {} + | sort`
      const look = ['doctor', 'db check', 'journal verify'].map((words) => `guichet ${words} --data ${old} >/dev/null`)
      return each(
        async () => done(await machine.run(`chown -R ${desk.user}: ${old} && chmod 700 ${old}`)),
        async () =>
          done(await machine.run(`before=$(${state}); ${look.join('; ')}; test "$before" = "$(${state})"`, desk)),
      )
    },
  },
  {
    says: 'it is copied before it is brought to the newer shape, and comes back while nothing was written',
    run: async (machine) => {
      const before = await shape(machine)
      return each(
        async () => done(await machine.run(`guichet db backup --data ${old} && ls ${old}/before-update/*.db`, desk)),
        async () => unlessChanged(before, await shape(machine)),
        async () => done(await machine.run(`guichet db rollback --data ${old}`, desk)),
        async () => ((await shape(machine)) === before ? undefined : 'the shape is not that of before'),
      )
    },
  },
  {
    says: 'after an act there is no way back',
    run: (machine) =>
      each(
        async () => done(await machine.run(`guichet mail labels --count 1 --out /tmp/label.pdf --data ${old}`, desk)),
        async () =>
          refused(await machine.run(`guichet db rollback --json --data ${old}`, desk), 'register.notRolledBack'),
      ),
  },
]

/** The shape of the older register's file now; nothing where it cannot be told. */
const shape = async (machine: BareRoot): Promise<number | undefined> => {
  const ran = await machine.run(`guichet db check --json --data ${old}`, desk)
  return ran.code === 0 ? (JSON.parse(ran.out) as { shape: number }).shape : undefined
}

const unlessChanged = (before: number | undefined, after: number | undefined): string | undefined =>
  before !== undefined && after !== undefined && after > before
    ? undefined
    : `the shape was ${String(before)} and is ${String(after)}`

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
