import { isIPv6 } from 'node:net'
import type { Command } from 'commander'
import { layFoundation } from '../folder/foundation.ts'
import { openDirectory } from '../folder/opened-directory.ts'
import { placeOf, type Place } from '../folder/place.ts'
import { setUpLink } from '../folder/set-up-link.ts'
import { addressToOpen } from '../settings/url.ts'
import { writeRemark, writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

/** `rollcall setup-link`: a way in for who is locked out, or has missed the first link. */
export function addSetupLinkCommand(program: Command): void {
  const command = program
    .command('setup-link')
    .description(
      'Print a link that makes an administrator who signs in with a password; it works once, for 30 minutes.',
    )
    .option('--json', 'Print the link as JSON.')
    .addHelpText(
      'after',
      '\nNeeds the data folder (while no server runs in it) or the database. A user who is called so already becomes an administrator.\n' +
        '\nExample:\n  rollcall setup-link --data /var/lib/rollcall --public-url https://directory.example.com',
    )
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const settings = effectiveSettings(command)
      const { publicUrl, host, port } = settings
      const link = await linkAt(placeOf(settings), publicUrl.value ?? listeningAt(host.value, port.value))
      if (!json) writeRemark(`Open this until ${link.expiresAt}, while the server runs:`)
      writeResult(json, link, [link.url])
    })
  addSettingOptions(command, ['data', 'database', 'publicUrl', 'host', 'port'])
}

function listeningAt(host: string, port: number): string {
  return addressToOpen(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`)
}

async function linkAt(place: Place, address: string): ReturnType<typeof setUpLink> {
  const { view, close } = await openDirectory(place, 'setup-link')
  try {
    await layFoundation(view)
    return await setUpLink(view, address)
  } finally {
    await close()
  }
}
