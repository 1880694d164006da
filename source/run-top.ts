import process from 'node:process';
import type {Discovery} from './core/cluster-client.ts';
import type {TopInvocation} from './core/invocation.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import type {MissingStep} from './core/top/missing-step.ts';
import {printedText, runOneShot} from './one-shot.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {topOutput} from './print/top-output.ts';
import {resourceKinds} from './resources/index.ts';
import {readRecords} from './store/metrics/read-records.ts';
import {systemClock} from './system/clock.ts';

const goneCode = 1;
const failedCode = 2;

/** Prints what `k8tui top` asks for; resolves with the exit code: 1 for a named object that does not exist, 2 for what failed. */
export async function runTop(invocation: TopInvocation, version: string): Promise<number> {
	const {wish, format, headers} = invocation;
	const {connection, diagnostics, share} = invocation;
	return await runOneShot({connection, diagnostics, version, options: {share}, failedCode, what: 'Could not print'}, async ({client, signal, warn}) => {
		const isEnough = (discovery: Discovery) => makeCatalogue(resourceKinds, discovery).find('pods') !== undefined;
		const catalogue = makeCatalogue(resourceKinds, await readDiscovery(client, isEnough, signal));
		const read = await readRecords({client, catalogue, clock: systemClock('hold'), wish, amounts: format === 'json'}, signal);
		switch (read.type) {
			case 'gone':
				warn(read.sentence);
				return goneCode;
			case 'missing':
				for (const step of read.steps) warn(sentenceOf(step));
				return failedCode;
			case 'none':
				if (format === 'json') process.stdout.write('[]\n');
				warn(read.sentence);
				return 0;
			case 'records': {
				if (read.fallback !== undefined) warn(`${read.fallback.text} These are the values of the kubelets.`);
				if (read.only !== undefined) warn(`You may read pods of namespace ${read.only} only: others are not shown.`);
				const options = {level: wish.level, format, headers, allNamespaces: wish.allNamespaces, now: Date.now() + client.skewMs()};
				process.stdout.write(printedText(topOutput(read.records, {...options, ...(wish.sort === undefined ? {} : {sort: wish.sort})}), share));
				return 0;
			}
		}
	});
}

function sentenceOf({text, remedy}: MissingStep): string {
	return `${text} ${remedy}`;
}
