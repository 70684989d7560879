import { printCurl } from '../curl/print.ts'
import type { HttpRequest } from '../curl/request.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'

/** A way to write a request down as a program. */
export interface Language {
  readonly id: string
  readonly title: string
  readonly print: (request: HttpRequest) => string
}

/** The languages to choose from; the first is the one that can be edited. */
export const LANGUAGES: readonly Language[] = [
  { id: 'curl', title: 'curl', print: printCurl },
  { id: 'javascript', title: 'JavaScript', print: javascript },
  { id: 'python', title: 'Python', print: python },
  { id: 'go', title: 'Go', print: go },
  { id: 'php', title: 'PHP', print: php },
  { id: 'ruby', title: 'Ruby', print: ruby },
  { id: 'java', title: 'Java', print: java },
]
