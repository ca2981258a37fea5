import { describe, expect, it } from 'vitest';
import { html, htmlText } from '../../shared/pages/html.ts';
import { fromMexico, phoneText } from '../../shared/pages/page-context.ts';
import { nameVariants } from '../../shared/pages/name-variants.ts';
import { document } from '../../shared/pages/layout.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';

describe('a phone on a page', () => {
  it('is grouped as it is read out, in Mexico by the area code', () => {
    const read = (phone: string) => phoneText(phone).replaceAll('\u00A0', ' ');
    expect(read('+12135550101')).toBe('+1 213 555 0101');
    expect(read('+525511114444')).toBe('+52 55 1111 4444');
    expect(read('+528112345678')).toBe('+52 81 1234 5678');
    expect(read('+526641234567')).toBe('+52 664 123 4567');
    expect(fromMexico('+15206237874')?.replaceAll('\u00A0', ' ')).toBe('001 520 623 7874');
    expect(fromMexico('+525511114444')).toBeUndefined();
  });
});

describe('the template', () => {
  it('escapes every value, in text and in attributes', () => {
    const evil = `"><script>alert('1')</script>&amp;`;
    expect(htmlText(html`<p title="${evil}">${evil}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('keeps what is HTML already, joins lists, and writes nothing for nothing', () => {
    const items = ['<a>', 'b'].map((item) => html`<b>${item}</b>`);
    expect(htmlText(html`<p>${items}${undefined}${null}${false}${0}</p>`)).toBe('<p><b>&lt;a&gt;</b><b>b</b>0</p>');
  });

  it('loses its own indentation, and nothing of what people wrote', () => {
    const page = html`<p>
      <b>${'a\n    b'}</b>
    </p>`;
    expect(htmlText(page)).toBe('<p>\n<b>a\n    b</b>\n</p>');
  });

  it('takes no text for HTML because it looks like ours', () => {
    const lookalike = JSON.parse('{"markup": "<b>"}') as string;
    expect(() => htmlText(html`${[lookalike]}`)).toThrow(/map is not a function/);
  });
});

describe('name variants for the locator', () => {
  const written = (name: string) => nameVariants(name).map(({ firstName, lastName }) => `${firstName} | ${lastName}`);

  it('have both last names, hyphenated, each alone, each without accents', () => {
    expect(written('José García Muñoz')).toEqual(
      expect.arrayContaining([
        'José | García Muñoz',
        'Jose | Garcia Munoz',
        'José | García-Muñoz',
        'Jose | Garcia-Munoz',
        'José | García',
        'Jose | Munoz',
      ]),
    );
  });

  it('have the second first name and leave it out', () => {
    expect(written('María Fernanda Ruiz Peña')).toEqual(
      expect.arrayContaining(['María Fernanda | Ruiz Peña', 'Maria Fernanda | Ruiz-Pena', 'María | Ruiz Peña']),
    );
    expect(written('María Fernanda Ruiz')).toEqual(expect.arrayContaining(['María Fernanda | Ruiz', 'María | Ruiz']));
  });

  it('keep together what belongs together', () => {
    expect(written('Juan de la Cruz')).toEqual(['Juan | de la Cruz']);
  });

  it('exist for any name', () => {
    for (const name of ['Ana', '', 'de', '王', 'A B C D E F G H I J']) {
      expect(nameVariants(name).length).toBeGreaterThan(0);
      expect(nameVariants(name).length).toBeLessThanOrEqual(20);
    }
  });
});

describe('paths', () => {
  it('keep language and named case from page to form and back', () => {
    const urls = pageUrls({ kind: 'c', token: 'tok-en_1', language: 'en', ref: 'f.a' });
    expect(urls.page()).toBe('/c/tok-en_1?language=en&case=f.a');
    expect(urls.page({ language: 'es' })).toBe('/c/tok-en_1?language=es&case=f.a');
    expect(urls.action('hand-over')).toBe('/c/tok-en_1/hand-over?language=en&case=f.a');
    expect(urls.office()).toBe('/o/tok-en_1?language=en');
    expect(urls.otherCase('f2.a2')).toBe('/c/tok-en_1?language=en&case=f2.a2');
    expect(pageUrls({ kind: 'f', token: 't/../x' }).page()).toBe('/f/t%2F..%2Fx');
  });
});

describe('every page', () => {
  const page = htmlText(document('es', 'Caso', html`<p>+1 213 555 0101</p>`));

  it('keeps phones from making links of numbers: the one that must not ring is no link', () => {
    expect(page).toContain('<meta name="format-detection" content="telephone=no" />');
  });

  it('can be read by browsers without variables: they drop what uses one, colour and ground alike', () => {
    const [, css = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const rules = Array.from(css.matchAll(/([^{}]+)\{([^{}]*)\}/g), ([, selector = '', body = '']) => {
      const understood = body.split(';').filter((declaration) => !declaration.includes('var('));
      const has = (property: RegExp) => understood.some((declaration) => property.test(declaration));
      return { selector, text: has(/^color:#fff$/), ground: has(/^background:#/) };
    });
    const white = rules.filter(({ text }) => text);
    expect(white.map(({ selector }) => selector.trim())).toEqual(expect.arrayContaining(['header', '.duress']));
    // What stands within the header has its ground.
    expect(white.filter(({ selector, ground }) => !ground && !selector.trim().startsWith('header '))).toEqual([]);
  });
});
