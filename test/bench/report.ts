import {cpus, totalmem} from 'node:os';

/** One line of a table: what was measured, what came out, what it is held against. */
export type Line = Readonly<{what: string; value: string; target?: string}>;
export type Section = Readonly<{id: 'demo' | 'cluster'; title: string; text: readonly string[]; lines: readonly Line[]; growth?: readonly GrowthLine[]}>;
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

Written by \`npm run bench\`; do not edit by hand. The program runs in a pseudo-terminal of 140x40 and is measured from outside: when which bytes
come, what then stands on the screen, and what the kernel counts for the process. The raw list is the same list read in the same run by a bare HTTP
client: server Tables with metadata, pages of 500, one after the other. Compare figures of one run only.
`;

/** docs/performance.md with this run's sections in place of the old ones; sections that were not measured stay. */
export function performancePage(old: string | undefined, sections: readonly Section[]): string {
	const kept = (id: Section['id']) => new RegExp(`<!-- ${id} -->[\\s\\S]*?<!-- /${id} -->\\n`).exec(old ?? '')?.[0];
	const texts = (['demo', 'cluster'] as const).map(id => {
		const section = sections.find(measured => measured.id === id);
		return section === undefined ? kept(id) : sectionText(section);
	});
	return [introduction, ...texts.filter(text => text !== undefined)].join('\n');
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
		table(
			['figure', 'measured', 'target'],
			section.lines.map(({what, value, target}) => [what, value, target ?? '']),
		),
		...(growth === undefined ? [] : ['', table(['pods', 'first rows', 'all on the screen', 'raw list', 'memory'], growth)]),
		`<!-- /${section.id} -->`,
		'',
	].join('\n');
}

/** The machine, without its name. */
export function machineText(): string {
	return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores${cpus()[0]?.model ? ` (${cpus()[0]?.model.trim()})` : ''}, ${number(totalmem() / 2 ** 30)} GiB of memory.`;
}
