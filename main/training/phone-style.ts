/** The phone page's own style. System fonts only: the page loads nothing. */
export const phoneStyle = `
:root {
  --paper: #eef1f0; --panel: #fff; --ink: #14211f; --soft: #53625f; --line: #d9dfdd;
  --accent: #0f5c63; --green: #12744a; --red: #b3261e; --amber: #8a5200;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #101716; --panel: #1a2322; --ink: #e8eeec; --soft: #a3b2ae; --line: #2f3b39;
    --accent: #7fd0d4; --green: #6fd6a4; --red: #ff9d94; --amber: #f3bd6a; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.45 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
  font-variant-numeric: tabular-nums; }
p, h1, h2, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
button { font: inherit; font-weight: 650; min-height: 48px; border: 0; border-radius: 14px;
  padding: 0 18px; cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 3px solid #ffb454; outline-offset: 2px; }

.banner { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 2px 16px;
  justify-content: center; align-items: baseline; padding: 9px 16px; background: #ffd166;
  color: #3a2500; border-bottom: 5px solid; text-align: center;
  border-image: repeating-linear-gradient(-45deg, #3a2500 0 12px, #ffd166 12px 24px) 5; }
.banner strong { font-size: 18px; letter-spacing: .01em; }
.banner span { font-size: 14px; }

main { display: grid; grid-template-columns: minmax(0, 404px) minmax(0, 620px); gap: 40px;
  justify-content: center; align-items: start; max-width: 1140px; margin: 0 auto; padding: 32px 24px; }

.phone { position: sticky; top: 84px; padding: 11px; border-radius: 54px; background: #0b0f10;
  box-shadow: 0 0 0 2px #3b4446, 0 30px 60px -18px #00201f8c; }
.screen { position: relative; display: flex; flex-direction: column; overflow: hidden;
  height: min(780px, calc(100vh - 138px)); min-height: 520px; padding: 14px 0 24px;
  border-radius: 44px; color: #fff;
  background: radial-gradient(120% 60% at 80% 105%, #f2a65a 0, #c8603fcc 32%, #c8603f00 70%),
    linear-gradient(172deg, #08222e 0, #0c4250 48%, #17606a 100%); }
.status { display: flex; align-items: center; justify-content: space-between; padding: 2px 28px 10px;
  font-weight: 650; font-size: 14px; }
.scroll { flex: 1; display: flex; flex-direction: column; gap: 12px; overflow: hidden auto;
  padding: 0 14px 22px; scrollbar-width: none;
  mask-image: linear-gradient(#000 calc(100% - 24px), #0000); }
.island { width: 92px; height: 26px; border-radius: 14px; background: #0b0f10; }
.lock { text-align: center; padding: 6px 0; text-shadow: 0 1px 12px #0006; }
#time { font-size: 64px; line-height: 1.05; font-weight: 300; letter-spacing: -.02em; }
#day { font-size: 16px; opacity: .92; }
.line { padding: 10px 14px; border-radius: 16px; background: #3a0d08e6; color: #ffd9d4; font-weight: 600;
  text-align: center; }
#cards { display: grid; gap: 12px; }

.card { padding: 14px 16px 16px; border-radius: 26px; background: #fffffff5; color: #14211f;
  box-shadow: 0 14px 30px -12px #0009; animation: arrive .14s ease-out; }
@keyframes arrive { from { opacity: 0; transform: translateY(-14px); } }
.app { display: flex; align-items: center; gap: 9px; font-size: 14px; color: #43514e; }
.icon { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 9px;
  background: #0f5c63; color: #fff; }
.when { margin-left: auto; font-size: 13px; }
.merchant { margin-top: 10px; font-size: 15px; }
.amount { font-size: 40px; line-height: 1.15; font-weight: 750; letter-spacing: -.02em; }
.to { color: #53625f; font-size: 14px; }
.left { display: flex; align-items: center; gap: 10px; margin: 12px 0 2px; font-size: 13px;
  font-weight: 600; color: #43514e; white-space: nowrap; }
.bar { flex: 1; height: 6px; border-radius: 3px; background: #dfe6e4; overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 3px; background: #0f5c63;
  transition: width .5s linear; }
.soon .bar i { background: #b3261e; }
.soon .left { color: #b3261e; }
.choice { display: grid; grid-template-columns: 1fr 1.5fr; gap: 10px; margin-top: 12px; }
.choice button { min-height: 56px; font-size: 17px; border-radius: 18px; }
.approve { background: #12744a; color: #fff; }
.approve:hover:enabled { background: #0d5f3c; }
.decline { background: #f3e3e1; color: #8f1d16; }
.decline:hover:enabled { background: #ecd2cf; }
.story { margin-top: 8px; padding-top: 8px; border-top: 1px solid #e2e8e6; font-size: 13.5px;
  color: #43514e; }

.empty { margin: auto 0; padding: 18px 26px; text-align: center; text-shadow: 0 1px 10px #0007; }
.empty p { margin-top: 6px; }
.empty b { font-size: 18px; }
#earlier { margin-top: auto; }
#earlier h2 { margin: 4px 10px 8px; font-size: 13px; font-weight: 650; text-shadow: 0 1px 8px #0008; }
#recent { border-radius: 22px; background: #071a20b8; overflow: hidden; }
#recent li { display: flex; justify-content: space-between; align-items: center; gap: 12px;
  padding: 9px 16px; }
#recent li + li { border-top: 1px solid #ffffff1f; }
#recent b, #recent small { display: block; }
#recent small { white-space: nowrap; color: #c7d5d3; font-size: 13px; }
.fate { padding: 4px 11px; border-radius: 12px; background: #ffffff24; font-size: 13px; font-weight: 650;
  white-space: nowrap; }
.charged .fate { background: #b9f0d3; color: #07402a; }
.charged .fate::before { content: '✓ '; }
.declined .fate, .refused .fate { background: #ffd9d4; color: #6e130d; }
.declined .fate::before, .refused .fate::before { content: '✕ '; }
.reversed .fate::before, .voided .fate::before { content: '↩ '; }
.home { flex: none; align-self: center; position: absolute; bottom: 9px; left: 50%; width: 132px; height: 5px;
  margin-left: -66px; border-radius: 3px; background: #fffc; }
.away .card { opacity: .5; }

.side { display: grid; gap: 20px; }
.panel { padding: 22px 24px; border-radius: 22px; background: var(--panel); border: 1px solid var(--line); }
.panel h1 { font-size: 24px; letter-spacing: -.01em; }
.panel h2 { font-size: 18px; }
.panel > p { margin-top: 6px; color: var(--soft); }
.panel > p b { color: var(--ink); }
.stories { margin-top: 14px; border-top: 1px solid var(--line); }
details { border-bottom: 1px solid var(--line); }
.stories details:last-child { border-bottom: 0; }
summary { min-height: 48px; display: flex; align-items: center; gap: 10px; font-weight: 650; cursor: pointer; }
summary::before { content: '▸'; color: var(--accent); }
details[open] > summary::before { content: '▾'; }
.count { padding: 1px 9px; border-radius: 10px; background: var(--paper); color: var(--soft);
  font-size: 13px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin-bottom: 12px; }
tr + tr > * { border-top: 1px solid var(--line); }
th, td { padding: 7px 0; text-align: left; vertical-align: top; }
th { width: 66px; color: var(--accent); font-weight: 750; letter-spacing: .04em; }
.row { display: flex; flex-wrap: wrap; gap: 10px 20px; align-items: center; justify-content: space-between;
  margin-top: 8px; color: var(--soft); }
#line-down { background: var(--paper); color: var(--red); border: 1px solid var(--line); }
#messages { margin-top: 8px; max-height: 420px; overflow: auto; }
#messages li { display: grid; grid-template-columns: 76px 1fr auto; gap: 0 8px; padding: 8px 0; }
#messages li + li { border-top: 1px solid var(--line); }
#messages time { color: var(--soft); }
.code { font-weight: 650; }
.reason { grid-column: 2 / -1; color: var(--amber); overflow-wrap: anywhere; }

@media (max-width: 900px) {
  main { grid-template-columns: minmax(0, 1fr); gap: 20px; padding: 14px; }
  .phone { position: static; justify-self: center; width: 100%; max-width: 430px; border-radius: 42px; padding: 8px; }
  .screen { height: auto; min-height: 600px; border-radius: 34px; }
  .panel { padding: 18px; }
}
@media (max-width: 380px) { .amount { font-size: 34px; } .scroll { flex: 1; display: flex; flex-direction: column; gap: 12px; overflow: hidden auto;
  padding: 0 14px 22px; scrollbar-width: none;
  mask-image: linear-gradient(#000 calc(100% - 24px), #0000); }
.island { width: 74px; } }
@media (prefers-reduced-motion: reduce) { .card { animation: none; } .bar i { transition: none; } }
`;
