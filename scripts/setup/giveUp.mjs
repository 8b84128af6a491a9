/** Why the set-up cannot go on, in one sentence that says what to do. */
export class SetupStopped extends Error {}

/** What the system's own code of an error means for whoever waits. */
const meanings = {
  EACCES: (path) => `this user may not write ${path}: run it as the owner of this folder`,
  EPERM: (path) => `this user may not write ${path}: run it as the owner of this folder`,
  EROFS: (path) => `${path} is on a disk that can only be read`,
  ENOSPC: () => 'the disk is full: make room and try again',
  EDQUOT: () => 'this user may write no more to the disk: make room and try again',
}

/** One sentence of whatever was thrown: a stack helps nobody who sets up a machine. */
export function sentenceOf(cause) {
  if (cause instanceof SetupStopped) return cause.message
  const meaning = meanings[cause?.code]
  if (meaning !== undefined) return meaning(cause.path ?? 'here')
  if (cause?.code === 'ENOENT' && typeof cause.syscall === 'string' && cause.syscall.startsWith('spawn'))
    return `the program ${cause.path} is not on this machine, or not in PATH`
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]
}

/** What npm writes when it reaches no registry (codes of Node's sockets and of npm). */
const noNetwork =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/

/** Why npm could not do it, of what it wrote. */
export function npmStopped(said) {
  if (noNetwork.test(said))
    return new SetupStopped(
      'npm reaches no registry: the first set-up needs one (a mirror of the office will do: npm config set registry URL)',
    )
  if (/\b(EACCES|EPERM|EROFS)\b/.test(said))
    return new SetupStopped('npm may not write into node_modules: run it as the owner of this folder')
  if (/\bENOSPC\b/.test(said)) return new SetupStopped('the disk is full: make room and try again')
  const line = said
    .split('\n')
    .map((one) => one.replace(/^npm (error|ERR!)\s*/i, '').trim())
    .find((one) => one !== '' && !one.startsWith('code '))
  return new SetupStopped(`npm could not install the packages: ${line ?? 'it does not say why'}`)
}
