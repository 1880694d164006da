import {humanDuration} from '../core/age.ts';
import {type Line, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import type {TopModel} from '../core/top/top-model.ts';
import {line, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';

/** Right of the crumbs: `metrics.k8s.io, 15s window, age 22s`. */
export function sourceLine({from}: TopModel, setting: PageSetting): Line {
	const {source, at, windowMs, isAsked} = from;
	if (source === undefined) return [span(isAsked ? 'not measured' : 'asking', isAsked ? 'unknown' : 'muted')];
	const word = source === 'kubelet' ? 'kubelet summary' : source;
	const window = windowMs === undefined ? '' : `, ${Math.round(windowMs / 1000)}s window`;
	const age = at === undefined ? '' : `, age ${humanDuration(Math.max(0, setting.now - at))}`;
	return [span(`source ${word}${window}${age}`, source === 'kubelet' ? 'warning' : undefined)];
}

/** Why values are old, come from elsewhere or are not there at all; the step that is missing, and what to do. Nothing while all is well. */
export function bannerLines({from, rows}: TopModel, setting: PageSetting): readonly Line[] {
	const {missing, kubelet, source, at, only, pods, nodes} = from;
	const lines: Line[] = [];
	const say = (tone: 'unknown' | 'warning', text: string, most: number): void => {
		const parts = wrap(text, setting.body.columns - 4);
		const shown = parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(' ')];
		lines.push(...shown.map((part, index) => line(index === 0 ? stateMark(tone, setting) : ' ', ' ', span(part, tone))));
	};
	const roomy = setting.body.rows >= 15;
	if (missing !== undefined && source === 'kubelet') say('warning', `The kubelets of the nodes on screen are asked instead. ${missing.text}`, 3);
	else if (missing !== undefined && at !== undefined && rows.length > 0)
		say('warning', `These values are ${humanDuration(Math.max(0, setting.now - at))} old. ${missing.text}`, 3);
	else if (missing !== undefined) {
		say('unknown', `${missing.text} ${missing.remedy}`, roomy ? 4 : 2);
		if (kubelet !== undefined) say('unknown', `${kubelet.text} ${kubelet.remedy}`, roomy ? 3 : 1);
	}
	if (only !== undefined) say('unknown', `You may read pods of namespace ${only} only: others are not measured.`, 1);
	if (nodes.problem !== undefined) say('unknown', `What the nodes have is not known: ${describeProblem(nodes.problem)}`, 2);
	if (pods.problem !== undefined) say('unknown', `Requests and limits are not known: ${describeProblem(pods.problem)}`, 2);
	return lines;
}
