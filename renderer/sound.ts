import type { PaymentView, TillView } from '../shared/view.ts';
import { isOver } from './phases.ts';

/** What can be told without looking. A payment that was paid after the cashier moved on is louder. */
export type Sound = 'paid' | 'paidLate' | 'notPaid' | 'attention';

/** A tone: its pitch, when it begins and how long it lasts, in seconds. */
export interface Tone {
  readonly hz: number;
  readonly at: number;
  readonly lasts: number;
}

const paid: readonly Tone[] = [
  { hz: 784, at: 0, lasts: 0.11 },
  { hz: 1_175, at: 0.1, lasts: 0.3 },
];

/**
 * Paid rises and is bright, not paid falls and is low: they differ in direction, height and colour,
 * so that one is enough to know. Made in code: there is no file to load.
 */
export const tunes: Readonly<Record<Sound, { wave: OscillatorType; tones: readonly Tone[] }>> = {
  paid: { wave: 'sine', tones: paid },
  paidLate: {
    wave: 'sine',
    tones: [0, 0.55, 1.1].flatMap((after) =>
      paid.map((tone) => ({ ...tone, at: tone.at + after })),
    ),
  },
  notPaid: {
    wave: 'triangle',
    tones: [
      { hz: 294, at: 0, lasts: 0.2 },
      { hz: 196, at: 0.2, lasts: 0.4 },
    ],
  },
  attention: {
    wave: 'triangle',
    tones: [0, 0.3, 0.6].map((at) => ({ hz: 330, at, lasts: 0.16 })),
  },
};

const loudest = ['paidLate', 'paid', 'attention', 'notPaid'] as const;

/**
 * The sound for what has ended between two views: the loudest where several have. Null on a first
 * view, so that a reload repeats nothing, and for a payment that had ended before.
 */
export function soundOf(before: TillView | null, after: TillView): Sound | null {
  if (before === null) return null;
  const known = new Map(all(before).map((payment) => [payment.id, payment]));
  const newest = Math.max(0, ...known.keys());
  const sounds = shownNow(after)
    .filter(({ id, phase }) => {
      const was = known.get(id);
      return isOver(phase) && (was ? !isOver(was.phase) : id > newest);
    })
    .map(soundOfEnd);
  return loudest.find((sound) => sounds.includes(sound)) ?? null;
}

function soundOfEnd({ phase, unseenEnd }: PaymentView): Sound | null {
  if (phase === 'paid') return unseenEnd ? 'paidLate' : 'paid';
  if (phase === 'needsAttention') return 'attention';
  return phase === 'resolved' ? null : 'notPaid';
}

function shownNow({ front, tray }: TillView): PaymentView[] {
  return front === null ? [...tray] : [front, ...tray];
}

function all(view: TillView): PaymentView[] {
  // The front and the tray last: they are what the screen said.
  return [...view.recent, ...shownNow(view)];
}

let context: AudioContext | null = null;

/** Plays it. A PC without a loudspeaker, or a page that may not sound yet, stays silent. */
export function play(sound: Sound): void {
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => undefined);
    const { wave, tones } = tunes[sound];
    for (const tone of tones) ring(context, wave, tone);
  } catch {
    // A sound is a courtesy: the screen has said it already.
  }
}

function ring(on: AudioContext, wave: OscillatorType, { hz, at, lasts }: Tone): void {
  const starts = on.currentTime + at;
  const volume = on.createGain();
  // In and out within hundredths of a second, so that nothing clicks.
  volume.gain.setValueAtTime(0, starts);
  volume.gain.linearRampToValueAtTime(0.5, starts + 0.012);
  volume.gain.setValueAtTime(0.5, starts + lasts * 0.5);
  volume.gain.exponentialRampToValueAtTime(0.001, starts + lasts);
  const source = on.createOscillator();
  source.type = wave;
  source.frequency.value = hz;
  source.connect(volume).connect(on.destination);
  source.start(starts);
  source.stop(starts + lasts);
}
