// `npm run bench [-- --only log-engine,top --reps 5 --rows 1000,10000,100000 --quick --no-write]`: measures the built program and its parts, each
// with a limit of its own and all within ten minutes, on the demo server and on KUBECONFIG_E2E where that is set; writes docs/performance.md; fails
// where a budget is exceeded by 20 % or a part has no result.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {parseArgs} from 'node:util';
import {repositoryRoot} from '../tools/repository.ts';
import {type PartOptions, say} from './part.ts';
import {parts} from './parts.ts';
import {milliseconds, number, performancePage, type Section} from './report.ts';
import {runPart} from './run-part.ts';

/** A little under ten minutes: the page has to be written, too. */
const wholeLimitMs = 590_000;

const {values} = parseArgs({
	options: {
		only: {type: 'string'},
		reps: {type: 'string', default: '5'},
		rows: {type: 'string', default: '1000,10000,100000'},
		quick: {type: 'boolean', default: false},
		'no-write': {type: 'boolean', default: false},
	},
});

await bench();

async function bench(): Promise<void> {
	const options: PartOptions = {quick: values.quick, repetitions: values.quick ? 2 : Number(values.reps), rows: values.rows.split(',').map(Number)};
	const only = values.only?.split(',');
	const unknown = only?.find(name => parts.every(part => part.name !== name));
	if (unknown !== undefined) throw new Error(`There is no part ${unknown}. There are ${parts.map(({name}) => name).join(', ')}.`);
	const sections: Section[] = [];
	const ratios: Record<string, number> = {};
	const startedAt = performance.now();
	for (const {name, limitSeconds, needs} of parts) {
		if (only !== undefined && !only.includes(name)) continue;
		if (needs !== undefined && process.env[needs] === undefined) {
			say(`== ${name}: not measured, ${needs} is not set`);
			continue;
		}
		say(`== ${name}`);
		const partStartedAt = performance.now();
		const result = await runPart(name, options, Math.min(limitSeconds * 1000, Math.max(1000, wholeLimitMs - (partStartedAt - startedAt))));
		if (typeof result === 'string') {
			process.exitCode = 1;
			say(`NOT MEASURED ${name}: ${result}`);
			continue;
		}
		for (const {what, value} of result.section.lines) say(`  ${what}: ${value}`);
		for (const {rows, completeMs, memoryMib} of result.section.growth ?? [])
			say(`  ${number(rows)} pods: ${milliseconds(completeMs)}, ${number(memoryMib)} MiB`);
		say(`  ${number((performance.now() - partStartedAt) / 1000)} s`);
		sections.push(result.section);
		Object.assign(ratios, result.ratios);
	}
	const page = join(repositoryRoot, 'docs', 'performance.md');
	if (!values['no-write']) writeFileSync(page, performancePage(existsSync(page) ? readFileSync(page, 'utf8') : undefined, sections));
	checkBudgets(ratios);
}

function checkBudgets(ratios: Readonly<Record<string, number>>): void {
	// The file beside this one: figure -> budget and what it means.
	const budgets = JSON.parse(readFileSync(join(repositoryRoot, 'test', 'bench', 'budgets.json'), 'utf8')) as Record<string, {budget: number; what: string}>;
	for (const [name, {budget, what}] of Object.entries(budgets)) {
		const value = ratios[name] ?? Number.NaN;
		const state = Number.isNaN(value) ? 'not measured' : value <= budget ? 'kept' : value <= budget * 1.2 ? 'just over' : 'EXCEEDED';
		if (state === 'EXCEEDED') process.exitCode = 1;
		say(`${state.padEnd(12)} ${number(value).padStart(8)} of ${number(budget).padStart(5)}  ${what}`);
	}
}
