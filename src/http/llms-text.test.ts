import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialects } from '../dialects/index.ts'
import { templateOf } from '../dialects/openapi.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../dialects/settings.ts'
import { llmsText } from './llms-text.ts'

const ORIGIN = 'https://directory.example'
const ALL = dialects(DEFAULT_DIALECT_SETTINGS)
const text = llmsText(ALL, ORIGIN)

describe('the text for language models', () => {
  it('begins with a name and what it is, and has nothing but lists of links below its headings', () => {
    const [title, summary, , ...rest] = text.split('\n\n')
    assert.equal(title, '# Rollcall')
    assert.match(summary ?? '', /^> .*self-hosted user directory.*\.$/)
    for (const block of rest) assert.match(block.trimEnd(), /^(## .+|(- \[[^\]]+\]\(https:[^)\s]+\): .+\n?)+)$/)
  })

  it('names the OpenAPI document of every dialect', () => {
    for (const { name, title } of ALL) {
      assert.ok(text.includes(`- [${title}](${ORIGIN}/openapi/${name}.json): OpenAPI 3.1`), name)
    }
  })

  it('has one line for every operation, with its page of the reference and the permission it needs', () => {
    for (const { name, routes } of ALL) {
      for (const { method, path, operation } of routes) {
        const start = `- [${method} ${templateOf(path)}](${ORIGIN}/reference/${name}/${operation.id}): ${operation.summary}`
        assert.equal(text.split('\n').filter((line) => line.startsWith(start)).length, 1, start)
      }
    }
    assert.match(text, /- \[POST \/oauth\/token\]\(.*\): .* Needs no token\.\n/)
    assert.match(text, /- \[GET \/users\]\(.*\): .* Needs `users:read`\.\n/)
    assert.match(text, /- \[GET \/v1\/me\]\(.*\): Who am I\? Needs any token\.\n/)
  })
})
