import { policyOf, stylesheet } from './style.ts';

// Forty cases are to be seen on five screens of a phone: two short lines a case there, one row on a desktop.
const list =
  stylesheet(`.counts{display:flex;flex-wrap:wrap;gap:0 1rem;margin:.2rem 0;padding:0;list-style:none;font-size:.95rem}
.counts li{margin:0}
.news{display:block;width:100%;height:2.6rem;border:0;border-radius:8px}
.take{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.3rem .7rem .5rem;margin:.4rem 0}
h1.list{font-size:1.3rem}
.find summary{font-size:1rem}
.take label,.find label{margin:.2rem 0 .15rem}
.line{display:flex;flex-wrap:wrap;gap:.4rem;align-items:stretch}
.line input[type=text]{flex:1 1 9rem;width:auto;min-width:0}
.line button{flex:0 1 auto;width:auto;min-width:0;margin:0;padding:.3rem .8rem}
.ticks{margin-top:.4rem}
.ticks button{min-height:2.6rem;padding:.2rem .55rem;font-size:.82rem}
.find{margin:.5rem 0}
.find summary{min-height:2.75rem}
.find form{margin:0 0 .5rem}
.part{font-size:1rem;margin:.9rem 0 .3rem}
.rows{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.row{display:grid;grid-template-columns:2.6rem minmax(0,1fr);gap:0 .3rem;align-items:center;padding:.1rem .5rem .15rem 0;border-left:6px solid var(--tone,var(--grey));font-size:.78rem;line-height:1.15}
.row.bare{grid-template-columns:.3rem minmax(0,1fr)}
.rows>.row{margin:0}
.row+.row{border-top:1px solid var(--line)}
.tick{grid-row:1/3;display:flex;align-items:center;justify-content:center;align-self:stretch;min-height:2.75rem;margin:0}
.tick input{width:1.4rem;height:1.4rem;margin:0;accent-color:var(--act)}
.who{grid-column:2;font-size:.9rem;font-weight:700;overflow-wrap:anywhere}
.age{font-weight:700;white-space:nowrap}
.more{grid-column:2;overflow-wrap:anywhere}
.more>*+*::before{content:" \\00B7  ";font-weight:400}
.mark{font-weight:700}
.new{color:var(--green)}
@media(min-width:60rem){.row,.row.bare{grid-template-columns:2.75rem minmax(0,2fr) 5.5rem minmax(0,2fr) minmax(0,3fr) minmax(0,2fr);gap:0 .8rem;min-height:2.75rem}.tick{grid-row:1}.age{grid-column:3}.more{display:contents}.more>*+*::before{content:none}.at{grid-column:4}.has{grid-column:5}.marks{grid-column:6}.line input[type=text]{max-width:24rem}}`);

const news = stylesheet(
  `:root{color-scheme:light dark;--ground:#f4f2ef;--ink:#1b1a19}
@media(prefers-color-scheme:dark){:root{--ground:#141312;--ink:#f3f0ec}}
html{font:15px/1.3 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
body{margin:0;background:var(--ground);color:var(--ink)}
p{margin:.3rem 0}
.some{font-weight:700}`,
);

export const listStyle = list.element;
export const newsStyle = news.element;

/** The list shows one frame of ours: what is new since the page was made. */
export const listContentSecurityPolicy = policyOf([list], { frames: 'self' });
export const newsContentSecurityPolicy = policyOf([news], { framedBy: 'self', alone: true });
