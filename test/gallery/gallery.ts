import { monotonicNow } from '../../renderer/ticker.ts';
import { screenCame, unreadMs } from '../../renderer/unread.ts';
import { mono } from '../../shared/time-text.ts';
import { fakeBridge } from './fake-bridge.ts';
import { type StateName, states } from './states.ts';

// The real page on a view from states.ts: /test/gallery/?state=waiting&language=id
const query = new URLSearchParams(location.search);
const name = query.get('state') ?? 'new-payment';
const isState = (key: string): key is StateName => Object.hasOwn(states, key);
if (!isState(name))
  throw new Error(`no state ${name}; there are: ${Object.keys(states).join(', ')}`);

const language = query.get('language') === 'id' ? 'id' : 'en';
const { bridge, main } = fakeBridge({ ...states[name], language });
const lookedAt = () => screenCame(mono(monotonicNow() - unreadMs), true);
Object.assign(window, { gerai: bridge, fakeMain: main, lookedAt });
await import('../../renderer/main.tsx');
