import {RawApi} from '../tools/raw-api.ts';
import {startDemoChild} from './demo-child.ts';
import {type StormFigures, storm} from './measure.ts';
import {type PartOptions, type PartResult, say} from './part.ts';
import {benchHome, linesOf, measureProgram, nodeStartMs} from './program-figures.ts';
import {type Line, machineText, milliseconds, number} from './report.ts';

/** The program with 10,000 pods of the demo server: starts, keys, rest, new objects, a storm of events. */
export async function demoPart(options: PartOptions): Promise<PartResult> {
	using home = benchHome();
	await using demo = await startDemoChild('ten-thousand-pods');
	using api = new RawApi(demo.kubeconfigPath);
	const {figures, session} = await measureProgram({kubeconfig: demo.kubeconfigPath, api, home: home.path}, options);
	await using _ = session;
	say('2,000 events/s');
	const storming = await storm(session, api, rate => demo.churn(rate), {eventsPerSecond: 2000, seconds: options.quick ? 8 : 30});
	const text = [
		`\`npm run bench\`, ${options.repetitions} starts. ${machineText()}`,
		'',
		"The server is `k8tui`'s own simulated API server, in another process on the same machine.",
	];
	return {
		section: {id: 'demo', title: 'Demo server, 10,000 pods', text, lines: [...linesOf(figures), ...stormLines(storming)]},
		ratios: {
			startPerNodeStart: figures.start.firstRowsMs / nodeStartMs(),
			completePerRawList: figures.start.completeMs / figures.raw.allMs,
			memoryMib: figures.memoryMib,
			eventMedianMs: figures.event.medianMs,
			keyMedianMs: figures.keys.medianMs,
			keyBytes: figures.keys.bytes,
			idleCpuPercent: figures.idle.cpuPercent,
			stormCpuPercent: storming.cpuPercent,
		},
	};
}

function stormLines(storming: StormFigures): Line[] {
	const {event} = storming;
	return [
		{
			what: `${number(storming.eventsPerSecond)} events/s for ${number(storming.seconds)} s: CPU`,
			value: `${number(storming.cpuPercent)} % of a core, ${number(storming.bytesPerSecond)} B/s`,
		},
		{
			what: '- a new object to the screen, median / worst',
			value: `${milliseconds(event.medianMs)} / ${milliseconds(event.worstMs)} (${event.seen} of ${event.sent} seen)`,
		},
		{what: '- cursor key, median / worst', value: `${milliseconds(storming.keyMedianMs)} / ${milliseconds(storming.keyWorstMs)}`},
		{what: '- memory before / after', value: `${number(storming.memoryBeforeMib)} / ${number(storming.memoryAfterMib)} MiB`},
	];
}
