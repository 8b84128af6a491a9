import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { access, chmod, copyFile, cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'

const run = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../../..')
const cache = join(root, '.cache/hid-guest')

const modules = ['hid/hid', 'hid/hid-generic', 'hid/uhid', 'input/evdev'].map((name) => `/kernel/drivers/${name}.ko`)

export interface GuestImage {
  readonly kernel: string
  readonly initramfs: string
}

/** Debian's kernel and the modules of HID, taken out of its package: 70 MB, once. */
async function fetchKernel(): Promise<string> {
  const folder = join(cache, 'kernel')
  if (
    await access(folder).then(
      () => true,
      () => false,
    )
  )
    return folder
  const fresh = join(cache, 'kernel.new')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true })
  // Package lists may be absent, or name a kernel that has been replaced since.
  await download(fresh).catch(async () => {
    await run('apt-get', ['update', '-qq'])
    await download(fresh)
  })
  const [deb = ''] = await readdir(fresh)
  const wanted = ["'./boot/vmlinuz-*'", ...modules.map((path) => `'*${path}'`)].join(' ')
  await run('sh', ['-c', `dpkg-deb --fsys-tarfile "$0" | tar -x --wildcards --transform 's:.*/::' ${wanted}`, deb], {
    cwd: fresh,
  })
  await rm(join(fresh, deb))
  await rename(fresh, folder)
  return folder
}

async function download(folder: string): Promise<void> {
  const { stdout } = await run('apt-cache', ['depends', 'linux-image-amd64'])
  const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1]
  if (name === undefined) throw new Error('the package lists know no linux-image-amd64')
  await run('apt-get', ['download', '-qq', name], { cwd: folder })
}

/** The shared libraries that programs and addons want, by their paths. */
async function librariesOf(files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(files.map((file) => run('ldd', [file])))
  return [
    ...new Set(found.flatMap(({ stdout }) => [...stdout.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1] ?? ''))),
  ]
}

/**
 * Makes the system of the guest: a shell, the project's Node, node-hid, the maker of devices, and our drivers bundled
 * with
 * `guest.ts`. @throws when a Debian package is missing
 */
export async function buildGuestImage(): Promise<GuestImage> {
  const kernel = await fetchKernel()
  const tree = join(cache, 'tree')
  await rm(tree, { recursive: true, force: true })
  for (const folder of ['bin', 'modules', 'guest', 'proc', 'sys', 'dev', 'tmp'])
    await mkdir(join(tree, folder), { recursive: true })
  await copyFile('/bin/busybox', join(tree, 'bin/busybox'))
  await copyFile(join(root, 'node_modules/node/bin/node'), join(tree, 'bin/node'))
  await copyFile(join(here, 'init.sh'), join(tree, 'init'))
  await chmod(join(tree, 'init'), 0o755)
  for (const file of await readdir(kernel))
    if (file.endsWith('.ko')) await copyFile(join(kernel, file), join(tree, 'modules', file))
  await run('gcc', ['-O1', '-Wall', '-Werror', '-pthread', '-o', join(tree, 'bin/uhid'), join(here, 'uhid.c')])

  const addon = 'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64'
  for (const part of [
    'node_modules/pkg-prebuilds',
    'node_modules/node-hid/package.json',
    'node_modules/node-hid/nodehid.js',
    'node_modules/node-hid/binding-options.js',
    addon,
  ]) {
    await cp(join(root, part), join(tree, 'guest', part), { recursive: true })
  }
  const natives = await readdir(join(root, addon))
  for (const library of await librariesOf([
    join(tree, 'bin/node'),
    join(tree, 'bin/uhid'),
    ...natives.map((name) => join(root, addon, name)),
  ])) {
    await mkdir(join(tree, dirname(library)), { recursive: true })
    await copyFile(library, join(tree, library))
  }
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['node-hid'] },
    build: {
      ssr: join(here, 'guest.ts'),
      outDir: join(tree, 'guest'),
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'guest.mjs' } },
    },
  })
  const initramfs = join(cache, 'initramfs.cpio')
  await pack(tree, initramfs)
  await rm(tree, { recursive: true })
  const image = (await readdir(kernel)).find((file) => basename(file).startsWith('vmlinuz')) ?? ''
  return { kernel: join(kernel, image), initramfs }
}

/** An archive as the kernel unpacks it (newc); not compressed, since a processor in software unpacks slowly. */
async function pack(tree: string, file: string): Promise<void> {
  const child = spawn('sh', ['-c', 'find . | busybox cpio -o -H newc 2> /dev/null'], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.pipe(createWriteStream(file))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`cpio ended with ${String(code)}`)
}
