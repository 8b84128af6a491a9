import type { BareRoot } from '../bareRoot.ts'
import { counter } from './office.ts'
import { data, desk, done, each, refused, type Step } from './step.ts'
import { numbered } from './working.ts'

const [back, moved, fresh] = ['/home/desk/recovered', '/home/desk/moved', '/home/desk/fresh']

/** The machine breaks, the machine is replaced, the program is taken away. */
export const leaving = (): readonly Step[] => [
  {
    says: 'the machine is gone: the second folder and the office key bring its register back',
    run: (machine) => {
      const other = { ...desk, env: { ...desk.env, GUICHET_PASSPHRASE: 'cinq autres mots au moins' } }
      const recover = `guichet db recover --identity ~/recovery.txt --from /srv/guichet/${counter} --data ${back}`
      return each(
        async () => done(await machine.run('install -m 600 -o desk -g desk /root/recovery.txt /home/desk')),
        async () => done(await machine.run('guichet db backup', desk)),
        async () => done(await machine.run(recover, other)),
        async () => done(await machine.run(`guichet db check --data ${back}`, other)),
      )
    },
  },
  {
    says: 'another machine takes the counter over with the next number, the old one only reads',
    run: (machine) => movedOver(machine),
  },
  {
    says: 'remove takes the program and leaves the settings',
    run: async (machine) =>
      done(
        await machine.run(
          'dpkg -r guichet && test ! -e /usr/bin/guichet && test ! -e /opt/Guichet && test -f /etc/guichet/settings.json',
        ),
      ),
  },
  {
    says: 'purge takes the settings, and no register',
    run: async (machine) =>
      done(
        await machine.run(
          `dpkg -P guichet && test ! -e /etc/guichet && test -f ${data}/register.db && test -f ${data}/key.json`,
        ),
      ),
  },
]

const movedOver = async (machine: BareRoot): Promise<string | undefined> => {
  const out = await machine.run(`guichet db move-out --out ${moved} --json`, desk)
  if (out.code !== 0) return done(out)
  const { code } = JSON.parse(out.out) as { code: string }
  const there = { ...desk, env: { ...desk.env, GUICHET_MOVE_CODE: code } }
  return each(
    async () => done(await machine.run(`guichet db move-in ${moved} --data ${fresh}`, there)),
    () => numbered(machine, 5, fresh),
    async () => {
      const here = await machine.run('guichet intake --example | guichet intake --json', desk)
      return refused(here, 'register.movedOut')
    },
    async () => done(await machine.run(`guichet outbox drain --data ${fresh}`, desk)),
  )
}
