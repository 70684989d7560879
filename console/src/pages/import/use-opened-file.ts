import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Encoding } from './reading/file-text.ts'
import { firstRows, openSource, type Source } from './reading/source.ts'
import type { SourceRow } from './reading/source-row.ts'

/** A file with what its beginning tells. */
export interface OpenedFile {
  readonly file: File
  readonly source: Omit<Source, 'rows' | 'read'>
  readonly first: readonly SourceRow[]
}

/** Rows looked at before an import. */
const FIRST_ROWS = 20

/** Looks into a file that was chosen. */
export function useOpenedFile(file: File | null, encoding: Encoding | undefined) {
  // Two files may be called the same; the object tells them apart.
  const key = useMemo(
    () => (file === null ? null : [file.name, file.size, file.lastModified, crypto.randomUUID()]),
    [file],
  )
  return useQuery({
    queryKey: ['import', 'file', key, encoding],
    queryFn: async (): Promise<OpenedFile | null> => {
      if (file === null) return null
      const { rows, read: _, ...source } = await openSource(file, encoding)
      return { file, source, first: await firstRows({ ...source, rows, read: () => 0 }, FIRST_ROWS) }
    },
    enabled: file !== null,
    // Read with another encoding, it is still the same file: what was chosen for it stays.
    placeholderData: (before) => (before?.file === file ? before : undefined),
    retry: false,
    staleTime: 'static',
    gcTime: 0,
  })
}
