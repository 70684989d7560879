import type { Operation } from '../document/document.ts'
import { fieldsOf } from '../document/field.ts'
import { resolve, typeOf, type Schemas } from '../document/schema.ts'
import { Prose } from '../shell/prose.tsx'
import css from './docs.module.css'
import { FieldList } from './field-list.tsx'

interface BodyFieldsProps {
  readonly body: NonNullable<Operation['body']>
  readonly schemas: Schemas
  readonly mediaType: string | null
}

/** What a request's body consists of, in the format that is chosen. */
export function BodyFields({ body: { isRequired, formats }, schemas, mediaType }: BodyFieldsProps) {
  const format = formats.find((one) => one.mediaType === mediaType) ?? formats[0]
  if (!format) return null
  const fields = fieldsOf(format.schema, schemas)
  return (
    <section aria-labelledby="body-fields" className={css.section}>
      <h2 id="body-fields">Fields of the body</h2>
      <p className={css.name}>
        <code>{format.mediaType}</code>
        <span className={css.type}>{typeOf(format.schema, schemas)}</span>
        {isRequired && <span className={css.required}>required</span>}
      </p>
      <Prose text={resolve(format.schema, schemas).description ?? ''} />
      {fields.length > 0 && <FieldList fields={fields} label="Fields of the body" />}
    </section>
  )
}
