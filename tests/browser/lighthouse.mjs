// Lighthouse: accessibility, best practices, search engines. Its speed score swings too much to be a gate.
import lighthouse from 'lighthouse';
import { mount } from './site.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
// The kinds of pages that most people see.
export const MAIN_KINDS = ['root', 'root/thu-tuc', 'agency', 'agency/thu-tuc/*', 'agency/cong-bo', 'agency/ket-qua/*', 'root/tong-hop/*', 'root/so-sanh/*'];

export async function scores(port, base, page) {
  const result = await lighthouse(base + mount.slice(1) + page, { port, onlyCategories: CATEGORIES, output: 'json', logLevel: 'error' });
  const { categories, audits } = result.lhr;
  const problems = [];
  for (const name of CATEGORIES) {
    const score = Math.round((categories[name].score ?? 0) * 100);
    const below = categories[name].auditRefs.map((one) => audits[one.id]).filter((audit) => audit.score !== null && audit.score < 1);
    if (score < 100) problems.push(`${name} ${score}: ${below.map((audit) => `${audit.id} (${audit.title})`).join('; ')}`);
  }
  return problems;
}
