import type { Client } from 'pg'

/** A statement whose rows are documents. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Makes the table of the prototype beside ours: documents within the rows, indexes in creation order and by name, and the
 * trigrams of `pg_trgm` on whole names.
 */
export async function prepared(client: Client): Promise<void> {
  const { rows } = await client.query("SELECT to_regclass('prototype') IS NOT NULL AS is_there")
  if ((rows[0] as { readonly is_there: boolean }).is_there) return
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm')
  await client.query(`CREATE TABLE prototype AS
    SELECT u.number, u.id, u.created_at, u.family_name, u.given_name, u.full_name, d.open || '}' AS document
    FROM users u JOIN documents d ON d.number = u.number WHERE u.live ORDER BY u.created_at, u.id`)
  // At the default few typos are found; here four of five are.
  await client.query('ALTER ROLE CURRENT_USER SET pg_trgm.word_similarity_threshold = 0.4')
  await client.query('CREATE UNIQUE INDEX ON prototype (id)')
  await client.query('CREATE INDEX ON prototype (created_at, id)')
  await client.query('CREATE INDEX ON prototype (family_name, given_name, id)')
  await client.query('CREATE INDEX ON prototype USING gin (full_name gin_trgm_ops)')
}

const PAGE = "SELECT d.open || '}' FROM users u JOIN documents d ON d.number = u.number"

/** The plainest statement for a question on our own tables, and the prototype's for it, where it had one. */
export function statementsOf(
  question: string,
  users: number,
): { readonly plain?: Statement; readonly prototype?: Statement } {
  const half = Math.floor(users / 2)
  if (question.startsWith('first page')) {
    return {
      plain: { text: `${PAGE} WHERE u.live ORDER BY u.number LIMIT 100`, values: [] },
      prototype: { text: 'SELECT document FROM prototype ORDER BY created_at, id LIMIT 100', values: [] },
    }
  }
  if (question.startsWith('deep by cursor')) {
    return {
      plain: { text: `${PAGE} WHERE u.live AND u.number > $1 ORDER BY u.number LIMIT 100`, values: [half] },
      prototype: {
        text: 'SELECT document FROM prototype WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 100',
        values: [1_700_000_000_000, '01900000-0000-7000-8000-000000000000'],
      },
    }
  }
  if (question.startsWith('deep by offset')) {
    return {
      plain: { text: `${PAGE} WHERE u.live ORDER BY u.number LIMIT 100 OFFSET $1`, values: [half] },
      prototype: {
        text: `SELECT p.document FROM (SELECT id FROM prototype ORDER BY created_at, id LIMIT 100 OFFSET $1) AS page
          JOIN prototype p ON p.id = page.id ORDER BY p.created_at, p.id`,
        values: [half],
      },
    }
  }
  if (question.startsWith('sorted')) {
    return {
      plain: { text: `${PAGE} WHERE u.live ORDER BY u.family_name, u.given_name, u.id LIMIT 100`, values: [] },
      prototype: { text: 'SELECT document FROM prototype ORDER BY family_name, given_name, id LIMIT 100', values: [] },
    }
  }
  if (question.startsWith('infix')) {
    return {
      plain: { text: `${PAGE} WHERE u.live AND u.family_name LIKE $1 ORDER BY u.number LIMIT 100`, values: ['%son%'] },
      // The figure to hold is one with an exact total.
      prototype: {
        text: `SELECT document, (SELECT count(*) FROM prototype WHERE full_name LIKE $1)
          FROM prototype WHERE full_name LIKE $1 ORDER BY created_at, id LIMIT 100`,
        values: ['%son%'],
      },
    }
  }
  if (question.startsWith('typo')) {
    return {
      prototype: {
        text: 'SELECT document FROM prototype WHERE $1 <% full_name ORDER BY $1 <<-> full_name, id LIMIT 100',
        values: ['jhonson'],
      },
    }
  }
  if (question.startsWith('subtree')) {
    return {
      plain: {
        text: `${PAGE} WHERE u.live AND u.customer_id IN (WITH RECURSIVE below AS (
          SELECT id FROM customers WHERE id = $1 UNION ALL SELECT c.id FROM customers c JOIN below ON c.parent_id = below.id
        ) SELECT id FROM below) ORDER BY u.number LIMIT 100`,
        values: [1234],
      },
    }
  }
  if (question.startsWith('exact count')) {
    return {
      plain: {
        text: "SELECT count(*)::text FROM users WHERE live AND status = 'active' AND user_type = 'user'",
        values: [],
      },
    }
  }
  return {}
}
