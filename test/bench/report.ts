import {cpus, totalmem} from 'node:os';

/** One line of a table: what was measured, what came out, what it is held against. */
export type Line = Readonly<{what: string; value: string; target?: string}>;
export const sectionIds = ['demo', 'growth', 'cluster', 'log-engine', 'log-screen', 'masking', 'top'] as const;
export type Section = Readonly<{
	id: (typeof sectionIds)[number];
	title: string;
	text: readonly string[];
	lines: readonly Line[];
	growth?: readonly GrowthLine[];
}>;
export type GrowthLine = Readonly<{rows: number; firstRowsMs: number; completeMs: number; rawMs: number; memoryMib: number}>;

/** `1,234 ms`, `0.7 ms`. */
export function milliseconds(value: number): string {
	return `${number(value)} ms`;
}

/** Three digits that count, thousands with a comma; `-` for nothing measured. */
export function number(value: number): string {
	if (Number.isNaN(value)) return '-';
	return value.toLocaleString('en-US', value < 10 ? {maximumFractionDigits: 2} : value < 100 ? {maximumFractionDigits: 1} : {maximumFractionDigits: 0});
}

const introduction = `# Performance

Written by \`npm run bench\`; do not edit by hand above the last part. The program runs in a pseudo-terminal of 140x40 and is measured from outside:
when which bytes come, what then stands on the screen, and what the kernel counts for the process. The raw list is the same list read in the same run
by a bare HTTP client: server Tables with metadata, pages of 500, one after the other. Parts of the program that are measured without a screen run in a
process of their own. Compare figures of one run only.
`;

const byHand = '<!-- by hand -->\n';

/** docs/performance.md with this run's sections in place of the old ones; sections that were not measured stay, and so does what was written by hand. */
export function performancePage(old: string | undefined, sections: readonly Section[]): string {
	const kept = (id: Section['id']) => new RegExp(`<!-- ${id} -->[\\s\\S]*?<!-- /${id} -->\\n`).exec(old ?? '')?.[0];
	const texts = sectionIds.map(id => {
		const section = sections.find(measured => measured.id === id);
		return section === undefined ? kept(id) : sectionText(section);
	});
	return [introduction, ...texts, writtenByHand(old ?? '')].filter(text => text !== undefined).join('\n');
}

/** What stands behind the last section; all sections of a page that no bench has written. */
function writtenByHand(old: string): string | undefined {
	const at = old.indexOf(byHand);
	if (at >= 0) return old.slice(at);
	const first = old.search(/^## /m);
	return first < 0 || old.includes('<!-- /') ? undefined : `${byHand}${old.slice(first)}`;
}

function sectionText(section: Section): string {
	const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>) =>
		[head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
	const growth = section.growth?.map(line => [
		number(line.rows),
		milliseconds(line.firstRowsMs),
		milliseconds(line.completeMs),
		milliseconds(line.rawMs),
		`${number(line.memoryMib)} MiB`,
	]);
	return [
		`<!-- ${section.id} -->`,
		`## ${section.title}`,
		'',
		...section.text,
		'',
		...(section.lines.length === 0
			? []
			: [
					table(
						['figure', 'measured', 'target'],
						section.lines.map(({what, value, target}) => [what, value, target ?? '']),
					),
				]),
		...(growth === undefined ? [] : [table(['pods', 'first rows', 'all on the screen', 'raw list', 'memory'], growth)]),
		`<!-- /${section.id} -->`,
		'',
	].join('\n');
}

/** The machine, without its name. */
export function machineText(): string {
	return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores${cpus()[0]?.model ? ` (${cpus()[0]?.model.trim()})` : ''}, ${number(totalmem() / 2 ** 30)} GiB of memory.`;
}
