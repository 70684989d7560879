import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Rolldown } from 'vite'

type Modules = Parameters<Rolldown.CodeSplittingNameFunction>[1]

// What the console begins with is two files: what the reference begins with, too, and the rest. Left to itself, the bundler makes
// some thirty of it, one for each set of pages that share something, and a browser asks for six at a time. The reference has no
// file of that kind: what the console comes to later would be in it, and bring the whole reference along.
function beginningOf(id: string, modules: Modules): string | null {
  const above = new Set([id])
  for (const one of above) for (const importer of modules.getModuleInfo(one)?.importers ?? []) above.add(importer)
  const begins = (page: string) => above.has(resolve(import.meta.dirname, page))
  if (!begins('src/console.tsx')) return null
  return begins('src/reference.tsx') ? 'both' : 'console'
}

/** Two pages, one set of files: `/console` and `/reference`, all scripts and styles below `/console/assets/`. */
// Vite asks for a default export.
// eslint-disable-next-line no-restricted-syntax
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['rollcall:source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'console/assets',
    // The Content-Security-Policy allows no data: fonts or scripts, and small files are cheap from one's own origin.
    assetsInlineLimit: 0,
    // It would be an inline script or a fetch of what the browser is fetching anyway.
    modulePreload: { polyfill: false },
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      input: {
        console: resolve(import.meta.dirname, 'console.html'),
        reference: resolve(import.meta.dirname, 'reference.html'),
      },
      output: {
        codeSplitting: { groups: [{ name: beginningOf, debugName: 'beginnings', tags: ['$initial'] }] },
      },
    },
  },
  // A server for the API beside it: `npm run dev --workspace console`, with another `rollcall serve` than the usual one in ROLLCALL_URL.
  server: {
    proxy: {
      '^/(v1|api|user|users|sys-users|openapi|problems|healthz)':
        process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:8080',
    },
  },
})
