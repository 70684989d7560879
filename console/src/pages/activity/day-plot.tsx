import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { numberText } from '../../text/count.ts'
import type { PerDay } from './activity-sums.ts'
import css from './activity.module.css'
import { useThemeColours, type ThemeColours } from './theme-colours.ts'

interface DayPlotProps {
  /** UTC days, `2026-11-22`. */
  readonly days: readonly string[]
  readonly perDay: PerDay
  /** What the picture shows, for who does not see it. */
  readonly label: string
}

const HEIGHT_PX = 240
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const seconds = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000

/** Bars per day: all requests, and before them those that a rate limit refused. */
export function DayPlot({ days, perDay, label }: DayPlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const colours = useThemeColours()
  const [pointed, setPointed] = useState<number | null>(null)
  useEffect(() => {
    const { current } = place
    if (current === null) return
    const data: UPlot.AlignedData = [days.map(seconds), [...perDay.requests], [...perDay.limited]]
    const plot = new UPlot(options(current.clientWidth, colours, setPointed), data, current)
    const observer = new ResizeObserver(() => plot.setSize({ width: current.clientWidth, height: HEIGHT_PX }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [days, perDay, colours])
  return (
    <figure className={css.figure}>
      <div ref={place} role="img" aria-label={label} dir="ltr" className={css.plot} />
      <figcaption className={css.legend}>
        <span className={css.requests}>Requests</span>
        <span className={css.limited}>Refused by a rate limit</span>
        <span className={css.pointed}>{pointed === null ? '' : sentence(days[pointed] ?? '', perDay, pointed)}</span>
      </figcaption>
    </figure>
  )
}

function sentence(day: string, { requests, limited }: PerDay, index: number): string {
  const refused = limited[index] ?? 0
  const rest = refused === 0 ? '' : `, ${numberText(refused)} refused`
  return `${short.format(new Date(`${day}T00:00:00Z`))}: ${numberText(requests[index] ?? 0)} requests${rest}`
}

function options(width: number, colours: ThemeColours, point: (index: number | null) => void): UPlot.Options {
  const axis: UPlot.Axis = {
    stroke: colours['ink-soft'],
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1 },
    font: '12px system-ui, sans-serif',
  }
  const bars = UPlot.paths.bars?.({ size: [0.7, 48], radius: 0.15 })
  const series = (title: string, colour: string): UPlot.Series => ({
    label: title,
    stroke: colour,
    fill: colour,
    width: 0,
    points: { show: false },
    ...(bars ? { paths: bars } : {}),
  })
  return {
    width,
    height: HEIGHT_PX,
    tzDate: (moment) => UPlot.tzDate(new Date(moment * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: {
      // Half a day on each side, or the first and the last bar would be cut.
      x: { range: (_, min, max) => [min - 43_200, max + 43_200] },
      y: { range: (_, __, max) => [0, Math.max(max, 1) * 1.08] },
    },
    series: [{}, series('Requests', colours.accent), series('Refused', colours.danger)],
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, splits) => splits.map((at) => short.format(new Date(at * 1000))),
        incrs: [1, 2, 7, 14, 30].map((count) => count * 86_400),
        space: 64,
      },
      {
        ...axis,
        size: 56,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 5e6, 1e7, 1e8],
        values: (_, splits) => splits.map((value) => numberText(value)),
      },
    ],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  }
}
