import { useId } from 'react'
import type { Permission } from '@rollcall/sdk'
import { PERMISSIONS } from '../directory/permissions.ts'
import { useMe } from '../directory/me.ts'
import { Checkbox } from './field.tsx'
import css from './permission-boxes.module.css'

interface PermissionBoxesProps {
  readonly label: string
  readonly value: readonly Permission[]
  readonly onChange: (value: readonly Permission[]) => void
  readonly fault?: string | undefined
}

/** Permissions to give, each explained. Those the caller has not got cannot be given, and are not shown. */
export function PermissionBoxes({ label, value, onChange, fault }: PermissionBoxesProps) {
  const faultId = useId()
  const own = useMe()?.token.permissions ?? []
  const offered = PERMISSIONS.filter(({ name }) => own.includes(name) || own.includes('admin'))
  const turn = (name: Permission) =>
    onChange(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])
  return (
    <fieldset
      className={css.group}
      data-faulty={fault !== undefined || undefined}
      aria-describedby={fault === undefined ? undefined : faultId}
    >
      <legend className={css.legend}>{label}</legend>
      {offered.map(({ name, does }) => (
        <Checkbox
          key={name}
          className={css.box ?? ''}
          checked={value.includes(name)}
          onChange={() => turn(name)}
          label={
            <>
              <code>{name}</code>
              <span className={css.does}>{does}</span>
            </>
          }
        />
      ))}
      {fault !== undefined && (
        <p id={faultId} className={css.fault}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}
