import type { Language } from '../../shared/domain/vocabulary.ts';
import { type Look, manifestPaths } from '../manifests.ts';

/** What the icons are before anything has changed them. */
const ownIcons = new Map<HTMLLinkElement, string>();

/** Under which name and icon the browser shows and installs the app. */
export const showLook = (look: Look, language: Language): void => {
  for (const link of Array.from(document.querySelectorAll<HTMLLinkElement>('link[data-calculator]'))) {
    const own = ownIcons.get(link) ?? link.href;
    ownIcons.set(link, own);
    link.href = look === 'calculator' ? (link.dataset['calculator'] ?? own) : own;
  }
  const manifest = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
  if (manifest) manifest.href = manifestPaths[look][language];
};
