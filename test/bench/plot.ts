type Bar = { readonly what: string; readonly value: number; readonly target: number };

const [width, labelWidth, rowHeight, top] = [760, 380, 30, 50] as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Horizontal bars as SVG, each with a mark where it may end at most. */
export const barChart = (title: string, bars: readonly Bar[]): string => {
  const most = Math.max(...bars.flatMap(({ value, target }) => [value, target]), 1);
  const scale = (value: number): number => Math.round((value / most) * (width - labelWidth - 70));
  const rows = bars.map(({ what, value, target }, index) => {
    const y = top + index * rowHeight;
    const end = labelWidth + scale(value);
    const mark = labelWidth + scale(target);
    return [
      `<text x="${labelWidth - 10}" y="${y + 15}" text-anchor="end">${escaped(what)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${scale(value)}" height="20" fill="${value <= target ? '#2b6e4f' : '#b3261e'}"/>`,
      `<line x1="${mark}" x2="${mark}" y1="${y - 3}" y2="${y + 23}" stroke="#1b1a19" stroke-width="2"/>`,
      `<text x="${Math.max(end, mark) + 8}" y="${y + 15}">${value.toFixed(2)}</text>`,
    ].join('\n');
  });
  const height = top + bars.length * rowHeight + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" role="img" aria-label="${escaped(title)}">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="10" y="25" font-size="16" font-weight="bold">${escaped(title)}; the line is the limit</text>
${rows.join('\n')}
</svg>
`;
};
