import { createHash } from 'node:crypto';
import type { AlertState } from '../domain/vocabulary.ts';
import { type Html, styleElement } from './html.ts';

/** The colour of a case: red where nobody has it, green where somebody knows where the person is. */
const tones: Readonly<Record<AlertState, 'red' | 'amber' | 'green' | 'grey'>> = {
  raised: 'red',
  acknowledged: 'amber',
  locating: 'amber',
  located: 'green',
  'in-contact': 'green',
  transferred: 'amber',
  closed: 'grey',
};
const ofStates = Object.entries(tones).map(([state, tone]) => `.${state}{--tone:var(--${tone})}`);

// Old browsers without variables drop a declaration that uses one: text of a fixed colour has a fixed ground before it.
// Read at 3 a.m. on a phone: large type, targets of 48 px, contrasts of 4.5:1 and more in both schemes.
const css = `:root{color-scheme:light dark;--bg:#f4f2ef;--card:#fff;--ink:#1b1a19;--soft:#57534e;--line:#d6d1ca;--field:#857f77;--link:#0b4f9e;--bar:#611232;--act:#611232;--actink:#fff;--red:#a80018;--amber:#8a4b00;--green:#0b6b3a;--grey:#57534e;--note:#fff6d6}
@media(prefers-color-scheme:dark){:root{--bg:#141312;--card:#201e1c;--ink:#f3f0ec;--soft:#b8b1a8;--line:#45403a;--field:#8f877d;--link:#9cc8ff;--bar:#3d0b20;--act:#f2b8cc;--actink:#33061a;--red:#ff8f8f;--amber:#ffc46b;--green:#7fdca6;--grey:#b8b1a8;--note:#33290a}}
*{box-sizing:border-box}
html{font:106.25%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);overflow-wrap:break-word}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:4px}
.skip{position:absolute;left:-999px;padding:.75rem 1rem;background:var(--card)}
.skip:focus{left:.5rem;top:.5rem;z-index:1}
.wrap,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
header{background:#611232;background:var(--bar);color:#fff}
header .wrap{display:flex;flex-wrap:wrap;gap:0 1.25rem;align-items:center;min-height:3.5rem}
header strong{margin-right:auto;font-size:1.05rem;letter-spacing:.01em}
header a,header [aria-current]{color:#fff;display:inline-flex;align-items:center;min-height:3rem;padding:0 .25rem}
header :focus-visible{outline-color:#fff}
header [aria-current]{font-weight:700}
header nav{margin-left:-.25rem}
nav{display:flex;flex-wrap:wrap;gap:0 .9rem}
main{padding-top:1rem;padding-bottom:2rem}
h1{font-size:1.7rem;line-height:1.2;margin:0}
h2{font-size:1.15rem;margin:0 0 .6rem}
h3{font-size:1rem;margin:1rem 0 .3rem}
p{margin:.4rem 0}
ul,ol{margin:.4rem 0;padding-left:1.3rem}
li+li{margin-top:.35rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;margin:0 0 1rem}
.soft{color:var(--soft)}
.small{font-size:.9rem}
.drill{background:#ffd400;color:#1b1a19;font-weight:700;border:3px dashed #1b1a19;border-radius:12px;padding:.9rem 1rem;margin:0 0 1rem}
.duress{background:#a80018;color:#fff;border-radius:12px;padding:1.1rem 1rem;margin:0 0 1rem}
.duress h2{font-size:1.5rem;line-height:1.2}
.duress .quote{background:#fff6d6;color:#1b1a19}
.duress .call{background:#fff;color:#8a0013;border-color:#fff}
.duress :focus-visible{outline-color:#fff}
.told{border-left:6px solid var(--green);background:var(--card);border-radius:8px;padding:.8rem 1rem;margin:0 0 1rem}
.problem{border-left:6px solid var(--red);background:var(--card);border-radius:8px;padding:.8rem 1rem;margin:0 0 1rem}
.problem h2,.error{color:var(--red)}
.state{border-left:10px solid var(--tone,var(--grey))}
.state .now{font-size:2rem;line-height:1.15;font-weight:800;color:var(--tone,var(--grey));margin:.1rem 0 .6rem}
${ofStates.join('\n')}
.call,button{display:flex;align-items:center;justify-content:center;min-height:3rem;width:100%;padding:.6rem 1rem;margin:.5rem 0;border-radius:10px;border:2px solid var(--act);background:transparent;color:var(--act);font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
button,.call.main{background:var(--act);color:var(--actink)}
button.second{background:transparent;color:var(--act)}
button.danger{background:transparent;border-color:var(--red);color:var(--red)}
dl{margin:0}
dt{color:var(--soft);font-size:.9rem;margin-top:.6rem}
dt:first-child{margin-top:0}
dd{margin:0}
.big{font-size:1.25rem;font-weight:700;font-variant-numeric:tabular-nums}
.plain{list-style:none;padding:0}
.plain>li{margin:0;padding:.6rem 0;border-top:1px solid var(--line)}
.plain>li:first-child{border-top:0;padding-top:0}
.tap{display:inline-flex;align-items:center;min-height:3rem;font-weight:600;max-width:100%}
.tap,.call,button,.quote{overflow-wrap:anywhere}
.quote{display:block;background:var(--note);border-radius:8px;padding:.6rem .8rem;white-space:pre-line;margin:.4rem 0}
.jump{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin:.4rem 0 0}
.say{display:block;font-weight:600}
.bad{color:var(--red);font-weight:700}
details{border-top:1px solid var(--line)}
details:first-of-type{border-top:0}
summary{min-height:3.25rem;padding:.4rem 0;display:flex;align-items:center;gap:.6rem;font-weight:700;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"+";flex:0 0 1.6rem;height:1.6rem;line-height:1.5rem;text-align:center;border:2px solid currentColor;border-radius:50%}
details[open]>summary::before{content:"\\2212"}
form{margin:0 0 1rem}
label,legend{display:block;font-weight:600;margin:.8rem 0 .25rem;padding:0}
label .soft{font-weight:400}
input[type=text],input[type=tel],select,textarea{width:100%;min-height:3rem;padding:.6rem .75rem;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--field);border-radius:10px}
textarea{min-height:6rem}
[aria-invalid][aria-invalid]{border:2px solid var(--red)}
fieldset{border:0;margin:0;padding:0;min-width:0}
.choice{display:flex;align-items:center;gap:.75rem;min-height:3rem;margin:0;font-weight:400;border-top:1px solid var(--line)}
legend+.choice{border-top:0}
.choice input{width:1.4rem;height:1.4rem;flex:none;margin:0;accent-color:var(--act)}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{overflow-wrap:anywhere;text-align:left;padding:.35rem .5rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:.9rem;color:var(--soft)}
.wide{overflow-x:auto}
.wide td,.wide th{min-width:5.5rem;overflow-wrap:normal}
.chart{display:block;width:100%;max-width:34rem;font-size:12px}
.chart text{fill:currentColor}
.chart .ground{fill:var(--line)}
.chart .good{fill:var(--green)}
.chart .late{fill:var(--red)}
.chart .grey{fill:var(--soft)}
footer{color:var(--soft);font-size:.9rem;padding-bottom:2rem}
footer .tap{display:flex;width:fit-content}
footer code{font-size:.8rem}
@media(min-width:60rem){.cols{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1rem;align-items:start}.state .now{font-size:2.4rem}.state input{max-width:32rem;display:block}.narrow{max-width:44rem;margin-left:auto;margin-right:auto}.call,button{width:auto;min-width:16rem;display:inline-flex;margin-right:.5rem}}
@media print{header nav,form,.skip{display:none}}`;

/** A style sheet as it stands in a page, and its hash. */
export type Stylesheet = { readonly element: Html; readonly hash: string };

export const stylesheet = (text: string): Stylesheet => ({
  element: styleElement(text),
  hash: `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
});

const everyPage = stylesheet(css);

export const style = everyPage.element;

/**
 * The pages' own style and forms to ourselves; nothing from elsewhere and no script.
 *
 * @param more further style sheets; `alone`: instead of every page's
 */
export const policyOf = (
  more: readonly Stylesheet[],
  options: { readonly frames?: 'self'; readonly framedBy?: 'self'; readonly alone?: true } = {},
): string =>
  [
    "default-src 'none'",
    `style-src ${[...(options.alone ? [] : [everyPage]), ...more].map(({ hash }) => hash).join(' ')}`,
    ...(options.frames ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    `frame-ancestors '${options.framedBy ?? 'none'}'`,
    "base-uri 'none'",
  ].join('; ');

export const pageContentSecurityPolicy = policyOf([]);
