import type { View } from '../../core/directory.ts'

/** What is read of the directory, with a revision that it shows: that is read first, so that nothing in it is older. */
export async function atRevision<T extends object>(
  view: View,
  read: () => Promise<T>,
): Promise<T & { revision: number }> {
  const revision = await view.revision()
  return { ...(await read()), revision }
}

/** What was just written, with a revision that shows it. */
export async function sinceRevision<T extends object>(view: View, written: T): Promise<T & { revision: number }> {
  return { ...written, revision: await view.revision() }
}
