import { notFound } from '../../core/error.ts'
import type { PublicRoute } from '../dialect.ts'
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
    refusals: [{ code: 'not_found', reason: 'subject', example: 'Problem type not found.' }],
  },
  answer: (call) => {
    const page = PAGES.get(call.pathParameters['slug'] ?? '')
    if (!page) return Promise.reject(notFound('Problem type'))
    return Promise.resolve({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: pageOf(...page),
    })
  },
}

function pageOf(title: string, about: string): string {
  return `${title}\n\n${about}\n`
}
