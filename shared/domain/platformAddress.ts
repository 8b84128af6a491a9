/** Names of this machine, as they stand in an address. */
const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u

/**
 * Whether acts may be sent to an address: by https, or in clear within this machine. Anywhere else whoever sits on the
 * line would read what citizens deposit, and answer in the platform's place.
 */
export function isPlatformAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && here.test(hostname))
}
