import type { Shape } from '../phases.ts';

/** One drawing a meaning, so that no state is told by colour alone. */
const paths: Readonly<Record<Shape, string>> = {
  phone: 'M17 5h14a3 3 0 0 1 3 3v32a3 3 0 0 1-3 3H17a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zM21 37h6',
  pause: 'M17 11v26M31 11v26',
  send: 'M8 24h30M26 12l12 12-12 12',
  check: 'M9 25l10 10 20-22',
  cross: 'M12 12l24 24M36 12L12 36',
  back: 'M17 10L8 19l9 9M8 19h20a10 10 0 0 1 0 20h-9',
  ask: 'M17 18a7 7 0 1 1 10 6.3c-2.2 1.1-3 2.4-3 5.2M24 37v.5',
  person: 'M24 23a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM9 41c1.5-8 7-12 15-12s13.500 4 15 12',
};

export function ShapeMark({ shape, className = '' }: { shape: Shape; className?: string }) {
  return (
    <svg className={`shape ${className}`} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d={paths[shape]} />
    </svg>
  );
}
