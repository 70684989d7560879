import { useEffect, useRef } from 'react'
import { answers } from '../directory/client.ts'
import { openCourse, type Course, type Standing } from './course.ts'

const UNAUTHENTICATED = 401

/** Opens courses one after another. The last is ended when what shows it is left: nothing goes on unseen. */
export function useCourse(): (onChange: (standing: Standing) => void) => Course {
  const last = useRef<Course>(null)
  useEffect(() => () => last.current?.end(), [])
  return (onChange) => {
    const course = openCourse((standing) => {
      // Asked for in the ordinary way, the answer 401 makes the page ask to sign in again.
      if (standing.kind === 'lost' && standing.fault.status === UNAUTHENTICATED)
        void answers.refetchQueries({ queryKey: ['me'] })
      onChange(standing)
    })
    last.current = course
    return course
  }
}
