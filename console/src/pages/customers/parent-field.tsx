import { useState } from 'react'
import { useMe } from '../../directory/me.ts'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'

/** A customer by id; `none` stands for the top, null for nothing chosen yet. */
type Above = number | 'none' | null

/** What stands above a customer, to begin with and as it is chosen. Only who sees everything may put one at the top. */
export function useParent(first: number | null) {
  const seesAll = useMe()?.token.scope === 'all'
  const [above, choose] = useState<Above>(first ?? (seesAll ? 'none' : null))
  return { above, choose, seesAll, parentId: above === 'none' ? null : above }
}

interface ParentFieldProps {
  readonly parent: ReturnType<typeof useParent>
  readonly fault: string | undefined
}

/** The field in which it is chosen. */
export function ParentField({ parent: { above, choose, seesAll }, fault }: ParentFieldProps) {
  const top = seesAll ? { none: 'No customer: at the top' } : {}
  return <CustomerPicker label="Below" value={above} onChoose={choose} fault={fault} {...top} />
}
