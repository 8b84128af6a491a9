import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openTestStore } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { depositor } from './damage.ts'
import { whatFails } from './holds.ts'
import type { HeardAct } from './kill.ts'
import type { Outcome } from './outcome.ts'

const works = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0

/** Why no disk of memory can be mounted here, in words; nothing when it can. */
export function noMounting(folder: string): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount a disk of its own'
  const data = join(folder, 'tried')
  mkdirSync(data, { recursive: true })
  if (!works('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', data))
    return 'this machine lets nobody mount a disk, root neither'
  execFileSync('umount', [data])
  return undefined
}

/** Why no disk that fails can be made here, in words; nothing when it can. */
export function noFailing(folder: string): string | undefined {
  const why = noMounting(folder)
  if (why !== undefined) return why
  if (!works('mkfs.ext4', '-V')) return 'mkfs.ext4 is not installed (Debian package e2fsprogs)'
  const [image, data] = [join(folder, 'tried.image'), join(folder, 'tried')]
  execFileSync('truncate', ['-s', '8M', image])
  if (!works('mkfs.ext4', '-q', '-F', image) || !works('mount', '-o', 'loop', image, data))
    return 'this machine has no loop device to make a disk of a file'
  execFileSync('umount', [data])
  return undefined
}

/** Works on a disk of its own, of so many megabytes, and gone afterwards. */
export async function onDisk(data: string, megabytes: number, work: () => Promise<Outcome>): Promise<Outcome> {
  mkdirSync(data)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', data])
  try {
    return await work()
  } finally {
    // What failed half-way still holds files of it: the reason is what is to be heard, and no disk is left behind.
    if (!works('umount', data)) works('umount', '-l', data)
  }
}

/** Files and deposits until the disk is full. */
export const fullDisk = (folder: string): Promise<Outcome> =>
  onDisk(join(folder, 'full'), 24, async () => {
    const data = join(folder, 'full')
    const worker = await signedIn(startWorker(data, devicesWith(paperTrail(join(folder, 'paper.txt')))))
    const heard: HeardAct[] = []
    const deposit = depositor(worker, heard)
    let last = ''
    for (let act = 0; act < 5_000; act += 1) {
      const file = new Uint8Array(200_000)
      crypto.getRandomValues(file.subarray(0, 60_000))
      file.set(new TextEncoder().encode('%PDF-1.7 1 0 obj '))
      await worker.ask('attachment.add', { name: 'a.pdf', bytes: file })
      last = await deposit()
      if (!last.includes('/')) break
    }
    await worker.close()
    const store = openTestStore(data)
    const failed = [...whatFails(store, heard), ...(last === 'register.diskFull' ? [] : [`ended with ${last}`])]
    store.close()
    return { count: heard.length, came: 'acts, then refused in words', failed }
  })

/**
 * An ext4 disk that fails under a counter at work, as the kernel does it after an error: it is read-only from then on,
 * for open files too.
 * After it was mounted again the counter goes on; at the end it is started on a disk that was read-only before.
 */
export async function failingDisk(folder: string, turns: number): Promise<Outcome> {
  const [image, data] = [join(folder, 'image'), join(folder, 'failing')]
  mkdirSync(data)
  execFileSync('truncate', ['-s', '64M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  const mount = (options: string): void => {
    execFileSync('mount', ['-o', `loop,${options}`, image, data])
  }
  const open = async (): Promise<TestWorker> =>
    signedIn(startWorker(data, devicesWith(paperTrail(join(folder, 'paper.txt')))))
  const [heard, failed] = [[] as HeardAct[], [] as string[]]
  try {
    for (let at = 0; at < turns; at += 1) {
      mount('rw')
      const worker = await open()
      const deposit = depositor(worker, heard)
      for (let left = 1 + Math.floor(Math.random() * 4); left > 0; left -= 1) {
        const given = await deposit()
        if (!given.includes('/')) failed.push(`refused on a sound disk: ${given}`)
      }
      execFileSync('mount', ['-o', 'remount,abort', data])
      const given = await deposit()
      if (given !== 'register.diskFailing') failed.push(`on a failed disk: ${given}`)
      const day = await worker.ask('home.day', {})
      if (!day.ok) failed.push('the day cannot be read on a failed disk')
      await worker.close().catch((cause: unknown) => {
        failed.push(`closing: ${cause instanceof Error ? cause.message : 'failed'}`)
      })
      execFileSync('umount', [data])
      // As at every start of a machine; 1 says that something was put right.
      if ((spawnSync('e2fsck', ['-p', image]).status ?? 8) > 1) failed.push('the disk itself cannot be put right')
    }
    mount('ro')
    const started = await open().then(
      () => 'it starts',
      (cause: unknown) => (cause instanceof Error ? cause.message : 'failed'),
    )
    if (!started.includes('register.readOnly')) failed.push(`started on a read-only disk: ${started}`)
    execFileSync('umount', [data])
    mount('rw')
    const store = openTestStore(data)
    failed.push(...whatFails(store, heard))
    store.close()
    execFileSync('umount', [data])
  } finally {
    // What failed half-way leaves no disk behind; the usual end has none any more.
    works('umount', '-l', data)
  }
  return {
    count: turns,
    came: `${String(heard.length)} acts; each time refused in words, and taken again afterwards`,
    failed,
  }
}
