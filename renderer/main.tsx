import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { App } from './app.tsx';
import { ask } from './bridge.ts';
import { viewCame } from './store.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/new-payment.css';
import './styles/payment.css';
import { monotonicNow, onWake } from './ticker.ts';

function draw(root: Root, failed: boolean): void {
  root.render(
    <StrictMode>
      <App failed={failed} />
    </StrictMode>,
  );
}

/** Listens first and asks then, so that no view falls between the two. */
async function start(): Promise<void> {
  const place = document.getElementById('till');
  if (place === null) throw new Error('index.html has no element "till"');
  const root = createRoot(place);
  draw(root, false);
  window.gerai?.onPush('till.view', (view) => viewCame(view, monotonicNow()));
  // After a sleep the page's count of time is not to be trusted, and pushes may be minutes old.
  onWake(() => void askForView());
  if (!(await askForView())) draw(root, true);
}

/** The truth as of now. False when main does not answer. */
async function askForView(): Promise<boolean> {
  const reply = await ask('till.view', {});
  if (reply.ok) viewCame(reply.result, monotonicNow());
  return reply.ok;
}

void start();
