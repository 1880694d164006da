import {RawApi} from '../tools/raw-api.ts';
import type {PartOptions, PartResult} from './part.ts';
import {benchHome, linesOf, measureProgram} from './program-figures.ts';
import {machineText, number} from './report.ts';

/** The program with the pods of the cluster in KUBECONFIG_E2E. */
export async function clusterPart(options: PartOptions): Promise<PartResult> {
	const kubeconfig = process.env['KUBECONFIG_E2E'] ?? '';
	using home = benchHome();
	using api = new RawApi(kubeconfig);
	const {figures, session} = await measureProgram({kubeconfig, api, home: home.path}, options);
	await session[Symbol.asyncDispose]();
	const text = [
		`\`KUBECONFIG_E2E=… npm run bench\`, ${options.repetitions} starts. ${machineText()}`,
		'',
		`A real kube-apiserver with ${number(figures.raw.rows)} pods on the same machine. The storm of events and the growth are measured on the demo server only: this machine's etcd does not write so fast.`,
	];
	return {section: {id: 'cluster', title: `Real cluster, ${number(figures.raw.rows)} pods`, text, lines: linesOf(figures)}, ratios: {}};
}
