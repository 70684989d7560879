import { useEffect, useRef } from 'react'
import type { Course } from './course.ts'

/** Keeps the course that runs, and ends it when what shows it is left: nothing goes on unseen. */
export function useCourse(): (course: Course) => void {
  const running = useRef<Course>(null)
  useEffect(() => () => running.current?.end(), [])
  return (course) => {
    running.current = course
  }
}
