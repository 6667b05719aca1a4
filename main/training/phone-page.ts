import { createHash } from 'node:crypto';
import { phoneScript } from './phone-script.ts';
import { phoneStyle } from './phone-style.ts';
import { type Story, type StoryGroup, stories, storyByHand } from './stories.ts';

/**
 * The page that plays the customer's phone: one document that loads nothing. Its policy names the
 * one script and the one style by their hashes, so that no other can ever run in it.
 */

const sha256 = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page's Content-Security-Policy. */
export const phonePagePolicy = [
  "default-src 'none'",
  `script-src ${sha256(phoneScript)}`,
  `style-src ${sha256(phoneStyle)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const groups: Readonly<Record<StoryGroup, string>> = {
  everyday: 'Everyday',
  silence: 'Silence and lost answers',
  oddAnswers: 'Answers that are wrong',
  codes: 'Response codes',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

function storyRow(story: Story): string {
  return `<tr><th scope="row">${story.digits}</th><td>${escaped(story.words)}</td></tr>`;
}

function storyGroup(group: StoryGroup): string {
  const own = stories.filter((story) => story.group === group);
  const rows = group === 'everyday' ? [storyByHand, ...own] : own;
  return `<details${group === 'everyday' ? ' open' : ''}>
<summary>${groups[group]} <span class="count">${rows.length}</span></summary>
<table><tbody>${rows.map(storyRow).join('')}</tbody></table></details>`;
}

const wallet = `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
 stroke-width="2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">
<path d="M4 7.5A2.5 2.5 0 0 1 6.5 5H17v3"/><rect x="4" y="8" width="16" height="11" rx="2"/>
<path d="M16 13.5h.01"/></svg>`;

const bell = `<svg viewBox="0 0 24 24" width="36" height="36" fill="none" stroke="currentColor"
 stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">
<path d="M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15z"/><path d="M10 20.5a2.2 2.2 0 0 0 4 0"/></svg>`;

const signal = `<svg viewBox="0 0 44 14" width="44" height="14" fill="currentColor" aria-hidden="true">
<rect x="0" y="9" width="3" height="4" rx="1"/><rect x="5" y="6" width="3" height="7" rx="1"/>
<rect x="10" y="3" width="3" height="10" rx="1"/><rect x="15" y="0.5" width="3" height="12.5" rx="1"/>
<rect x="24.5" y="2.5" width="16" height="9" rx="2.5" fill="none" stroke="currentColor"/>
<rect x="26.5" y="4.5" width="10" height="5" rx="1"/><rect x="42" y="5.5" width="1.5" height="3" rx="0.7"/></svg>`;

/** The whole page. Everything that changes comes by the script from /phone/state. */
export const phonePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Customer’s phone · training</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect x='4' y='1' width='8' height='14' rx='2' fill='%230f5c63'/%3E%3C/svg%3E">
<style>${phoneStyle}</style>
</head>
<body>
<header class="banner"><strong>Training — no real money</strong>
<span lang="id">Latihan — bukan uang sungguhan</span></header>
<main>
<section class="phone" aria-label="The customer’s phone">
<div class="screen">
<div class="status"><span id="clock">--:--</span><span class="island" aria-hidden="true"></span>${signal}</div>
<div class="scroll">
<div class="lock" aria-hidden="true"><div id="time">--:--</div><div id="day"></div></div>
<p id="line" class="line" role="status" hidden></p>
<div id="cards" aria-live="polite"></div>
<div id="empty" class="empty">${bell}<p><b>No payment is waiting</b></p>
<p>Take one at the till with any phone number that is not in the stories. It appears here, and you decide.</p></div>
<div id="earlier" hidden><h2>Earlier</h2><ul id="recent"></ul></div>
</div>
<div class="home" aria-hidden="true"></div>
</div>
</section>
<div class="side">
<section class="panel"><h1>The customer’s phone</h1>
<p>This page plays the customer, and OVO behind them. The <b>last four digits</b> of the phone number that the cashier enters choose what happens; with <b>0812&#8209;0000&#8209;0001</b>, the customer approves after three seconds.</p>
<div class="stories">${(Object.keys(groups) as StoryGroup[]).map(storyGroup).join('')}</div></section>
<section class="panel"><h2>The line to OVO</h2>
<div class="row"><p id="line-words">OVO takes connections.</p>
<button type="button" id="line-down">Take it down for a minute</button></div></section>
<section class="panel"><h2>What OVO saw</h2>
<p id="nothing">Nothing yet.</p><ol id="messages"></ol></section>
</div>
</main>
<template id="card"><article class="card">
<div class="app"><span class="icon">${wallet}</span><b>Push to Pay</b><span class="when"></span></div>
<p class="merchant"></p><p class="amount"></p><p class="to"></p>
<div class="left"><div class="bar"><i></i></div><span></span></div>
<div class="choice"><button type="button" class="decline">Decline</button><button type="button" class="approve">Approve</button></div>
<p class="story"></p></article></template>
<script>${phoneScript}</script>
</body>
</html>
`;
