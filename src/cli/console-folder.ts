import { fileURLToPath } from 'node:url'

/** Where the package has its built pages, whether it runs from its sources or from its build. */
export function consoleFolder(): string {
  return fileURLToPath(new URL('../../console/dist', import.meta.url))
}
