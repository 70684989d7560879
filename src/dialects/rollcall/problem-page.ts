import { notFound } from '../../core/error.ts'
import type { Answer, PublicCall, PublicRoute } from '../dialect.ts'
import { readParameters, unknownSentence } from '../parameter.ts'
import { PROBLEM_TYPES } from './problem-type.ts'

const PAGES: ReadonlyMap<string, readonly [title: string, about: string]> = new Map(Object.entries(PROBLEM_TYPES))

/** `GET /problems/{slug}`: what the type of a problem means, for the person who follows it. */
export const problemPage: PublicRoute = {
  method: 'GET',
  path: '/problems/:slug',
  access: 'public',
  operation: {
    id: 'getProblemType',
    summary: 'Read what a type of problem means',
    parameters: [
      {
        name: 'slug',
        in: 'path',
        required: true,
        description: 'The last part of a problem’s type.',
        schema: { type: 'string', enum: [...PAGES.keys()] },
        example: 'invalid-filter',
      },
    ],
    responses: [
      {
        status: 200,
        description: 'Title and meaning.',
        mediaType: 'text/plain',
        schema: { type: 'string' },
        example: pageOf('Invalid request', 'The request cannot be understood; `detail` says what is wrong.'),
      },
    ],
    refusals: [
      {
        code: 'invalid',
        reason: 'unknown',
        example: unknownSentence('x', []),
        where: { in: 'query', name: 'x', allowed: [] },
      },
      { code: 'not_found', reason: 'subject', example: 'Problem type not found.' },
    ],
  },
  answer: (call) => Promise.resolve().then(() => read(call)),
}

function read({ pathParameters, query }: PublicCall): Answer {
  readParameters({}, query)
  const page = PAGES.get(pathParameters['slug'] ?? '')
  if (!page) throw notFound('Problem type')
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: pageOf(...page) }
}

function pageOf(title: string, about: string): string {
  return `${title}\n\n${about}\n`
}
