import {setTimeout as sleep} from 'node:timers/promises';
import {RawApi} from '../tools/raw-api.ts';
import {startDemoChild} from './demo-child.ts';
import {start} from './measure.ts';
import {type PartOptions, type PartResult, say} from './part.ts';
import {memoryMib} from './process-figures.ts';
import {benchHome, programFor} from './program-figures.ts';
import {type GrowthLine, machineText, number} from './report.ts';

/** How time and memory grow with the number of pods. */
export async function growthPart({rows, quick}: PartOptions): Promise<PartResult> {
	using home = benchHome();
	const growth: GrowthLine[] = [];
	for (const pods of quick ? rows.filter(count => count <= 10_000) : rows) growth.push(await measureGrowth(pods, home.path));
	const [tenThousand, hundredThousand] = [10_000, 100_000].map(count => growth.find(line => line.rows === count));
	const perRow = (line: GrowthLine | undefined) => (line === undefined ? Number.NaN : line.completeMs / line.rows);
	const text = [`\`npm run bench\`, one start each. ${machineText()}`];
	return {
		section: {id: 'growth', title: 'Demo server, more and more pods', text, lines: [], growth},
		ratios: {growthPerRow: perRow(hundredThousand) / perRow(tenThousand)},
	};
}

async function measureGrowth(pods: number, home: string): Promise<GrowthLine> {
	say(`${number(pods)} pods`);
	await using demo = await startDemoChild(`ten-thousand-pods:${pods}`);
	using api = new RawApi(demo.kubeconfigPath);
	await api.listPods();
	const raw = await api.listPods();
	const {session, figures} = await start(await programFor({kubeconfig: demo.kubeconfigPath, api, home}));
	await using _ = session;
	await sleep(5000);
	return {rows: raw.rows, firstRowsMs: figures.firstRowsMs, completeMs: figures.completeMs, rawMs: raw.allMs, memoryMib: memoryMib(session.pid)};
}
