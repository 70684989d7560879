import { useState } from 'react'
import type { Operation } from './document/document.ts'
import type { Schemas } from './document/schema.ts'
import { emptyForm, type Form } from './request/form.ts'

// What was filled in is still there when one comes back to an operation.
const drafts = new Map<string, Form>()

function keyOf({ dialect, id }: Operation): string {
  return `${dialect} ${id}`
}

/** What is filled in for an operation, and how to change it. The component is made anew for each operation. */
export function useDraft(operation: Operation, schemas: Schemas): readonly [Form, (form: Form) => void] {
  const [form, setForm] = useState(() => draftOf(operation, schemas))
  const change = (next: Form) => {
    putDraft(operation, next)
    setForm(next)
  }
  return [form, change]
}

/** What was filled in for an operation so far. */
export function draftOf(operation: Operation, schemas: Schemas): Form {
  return drafts.get(keyOf(operation)) ?? emptyForm(operation, schemas)
}

/** Fills in an operation that is opened next. */
export function putDraft(operation: Operation, form: Form): void {
  drafts.set(keyOf(operation), form)
}
